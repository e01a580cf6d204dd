# SPDX-License-Identifier: Apache-2.0
"""Personal proxies book, move and cancel for somebody, until their day, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from application.errors import NotPermitted
from application.parties.appoint_proxy import AppointProxy
from application.parties.change_user_affiliation import ChangeUserAffiliation
from application.parties.dismiss_proxy import DismissProxy
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.check_out import CheckOut
from application.reservations.reschedule_reservation import RescheduleReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from tests.application.reservations.lab import Lab
from tests.application.reservations.province import Province, at, span
from tests.application.reservations.test_vouchers import grant

if TYPE_CHECKING:
    from application.command import Result

__all__ = ["grant"]
UNTIL = at(18, day=2)
SECOND = timedelta(seconds=1)


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    lab.automatic()
    return lab


def appoint(lab: Lab, proxy: Actor | None = None, by: Actor | None = None, **more: Any) -> Result:  # noqa: ANN401
    user = by or lab.leader
    stated = {"user": user.user, "proxy": (proxy or lab.member).user, "until": UNTIL, **more}
    return lab.province.do(AppointProxy.model_validate(stated), user)


def test_a_proxy_books_moves_and_cancels_and_the_event_says_who_asked(lab: Lab) -> None:
    with pytest.raises(NotPermitted):
        lab.ask(on_behalf_of=lab.leader.user)
    appoint(lab)
    asked = lab.ask(on_behalf_of=lab.leader.user, group_id=None)
    reservation = lab.province.state(asked.id)
    assert (reservation.user, reservation.requested_by) == (lab.leader.user, lab.member.user)
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 15), reason="改期")
    lab.province.do(move, lab.member)
    for stranger in (lab.members[1], lab.province.individual):
        with pytest.raises(NotPermitted):
            lab.province.do(CancelReservation(reservation_id=asked.id, reason="不用"), stranger)
    lab.province.do(CancelReservation(reservation_id=asked.id, reason="不用"), lab.member)
    assert lab.province.state(asked.id).state == "cancelled"


def test_until_its_moment_and_not_after(lab: Lab) -> None:
    appoint(lab)
    lab.ask(now=UNTIL - SECOND, on_behalf_of=lab.leader.user, group_id=None)
    with pytest.raises(NotPermitted):
        lab.ask(now=UNTIL, on_behalf_of=lab.leader.user, group_id=None, span=span(13, 15))


@pytest.mark.parametrize(("place", "acts"), [("resource", True), ("unit", True), ("other", False)])
def test_only_where_it_was_said(lab: Lab, place: str, *, acts: bool) -> None:
    places: dict[str, dict[str, Any]] = {
        "resource": {"resource": lab.province.resource},
        "unit": {"unit": lab.province.unit},
    }
    where = places.get(place)
    if where is None:
        other, known = uuid4(), lab.province.home.log.stream(lab.province.resource)[0].event
        lab.province.seed(other, known.model_copy(update={"asset_number": "A-2"}))
        where = {"resource": other}
    appoint(lab, **where)
    if acts:
        lab.ask(on_behalf_of=lab.leader.user, group_id=None)
    else:
        with pytest.raises(NotPermitted):
            lab.ask(on_behalf_of=lab.leader.user, group_id=None)


def test_whoever_is_dismissed_or_lays_it_down_or_works_elsewhere_acts_no_more(lab: Lab) -> None:
    appoint(lab)
    asked = lab.ask(on_behalf_of=lab.leader.user, group_id=None)
    with pytest.raises(NotPermitted):
        lab.province.do(DismissProxy(user=lab.leader.user, proxy=lab.member.user, reason="换人"), lab.members[1])
    lab.province.do(DismissProxy(user=lab.leader.user, proxy=lab.member.user, reason="换人"), lab.leader)
    with pytest.raises(NotPermitted):
        lab.province.do(CancelReservation(reservation_id=asked.id, reason="不用"), lab.member)
    appoint(lab)
    moved = Actor(user=lab.member.user, role=Role.USER, organisation=lab.province.university)
    change = ChangeUserAffiliation(
        user=lab.member.user, user_kind="university", legal_person=lab.province.university, reason="调离"
    )
    lab.province.do(change, lab.province.system)
    with pytest.raises(NotPermitted):
        lab.ask(moved, on_behalf_of=lab.leader.user, group_id=None, span=span(13, 15))
    lab.province.do(DismissProxy(user=lab.leader.user, proxy=lab.member.user, reason="辞任"), moved)
    with pytest.raises(DomainError, match="no_such_proxy"):
        lab.province.do(DismissProxy(user=lab.leader.user, proxy=lab.member.user, reason="辞任"), moved)


def test_who_may_be_a_proxy(lab: Lab) -> None:
    for proxy, code in (
        (lab.province.colleague, "proxy_of_another"),
        (lab.province.individual, "proxy_of_another"),
        (lab.leader, "own_proxy"),
    ):
        with pytest.raises(DomainError, match=code):
            appoint(lab, proxy)
    for until in (at(12, day=2) - SECOND, at(12, day=1)):
        with pytest.raises(DomainError, match="proxy_ends_in_past"):
            appoint(lab, until=until)
    with pytest.raises(DomainError, match="proxy_place"):
        appoint(lab, unit=lab.province.unit, resource=lab.province.resource)
    with pytest.raises(NotPermitted):
        lab.province.do(AppointProxy(user=lab.leader.user, proxy=lab.member.user, until=UNTIL), lab.members[1])
    appoint(lab, lab.member, lab.province.individual)


def test_a_proxy_neither_uses_nor_pays_for_the_user(lab: Lab) -> None:
    appoint(lab)
    asked = lab.ask(on_behalf_of=lab.leader.user, group_id=None)
    with pytest.raises(NotPermitted):
        lab.province.do(CheckOut(reservation_id=asked.id), lab.member, at(10))


def test_a_proxy_uses_no_voucher_that_the_user_could_not_use(lab: Lab, grant: UUID) -> None:
    """The voucher is of the proxy's own organisation, the individual is not: every rule is judged for the user."""
    appoint(lab, lab.member, lab.province.individual)
    individual = lab.province.person
    with pytest.raises(DomainError, match="voucher_of_somebody_else"):
        lab.ask(group_id=None, voucher_grant_id=grant, on_behalf_of=individual)
    assert lab.ask(group_id=None, on_behalf_of=individual).data["voucher_reserved_fen"] == 0
