# SPDX-License-Identifier: Apache-2.0
"""Passing a reservation on: the slot is never free, and the new user is judged by every rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from application.errors import NotPermitted, SlotTaken
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.transfer_reservation import TransferReservation
from domain.kernel.errors import DomainError
from domain.parties.events import UserQualified
from domain.reservations.transfer_events import ReservationTransferred
from projections.notices.lists import inbox_page
from projections.reservations import reservation as shown
from tests.application.reservations.lab import Lab, opening, publish, tick
from tests.application.reservations.province import Province, at, span

if TYPE_CHECKING:
    from application.command import Result
    from domain.kernel.actor import Actor

LEADER = {"approver": "group_leader"}


@pytest.fixture
def lab(province: Province) -> Lab:
    lab = Lab(province)
    lab.automatic()
    return lab


def pass_on(lab: Lab, reservation: UUID, to: Actor, by: Actor | None = None, **more: Any) -> Result:  # noqa: ANN401
    stated = {"reservation_id": reservation, "to_user": to.user, "reason": "出差", **more}
    return lab.province.do(TransferReservation.model_validate(stated), by or lab.member)


def test_the_time_is_held_all_along_and_lineage_stays(lab: Lab) -> None:
    asked = lab.ask(answers={"温度": "4K"})
    done = pass_on(lab, asked.id, lab.members[1])
    after = lab.province.state(asked.id)
    assert (done.id, after.user, after.span, after.answers) == (
        asked.id,
        lab.members[1].user,
        span(9, 11),
        {"温度": "4K"},
    )
    assert "HoldingsReturned" not in lab.province.types(asked.id)
    with pytest.raises(SlotTaken):
        lab.province.ask(lab.leader)
    event = next(item.event for item in lab.province.home.log.stream(asked.id) if "Transferred" in item.event.TYPE)
    assert isinstance(event, ReservationTransferred)
    assert (event.former_user, event.requested_by) == (lab.member.user, lab.member.user)
    move = RescheduleReservation(reservation_id=asked.id, span=span(13, 15), reason="改期")
    with pytest.raises(NotPermitted):
        lab.province.do(move, lab.member)


def test_the_unit_passes_on_too_and_others_do_not(lab: Lab) -> None:
    asked = lab.ask()
    with pytest.raises(NotPermitted):
        pass_on(lab, asked.id, lab.members[1], lab.members[1])
    assert pass_on(lab, asked.id, lab.members[1], lab.province.manager).data["state"] == "confirmed"


def test_to_another_customer_nothing_is_passed_on(lab: Lab) -> None:
    asked = lab.ask(group_id=None)
    for other in (lab.province.colleague, lab.province.individual):
        with pytest.raises(DomainError) as caught:
            pass_on(lab, asked.id, other)
        assert "reservations.transfer_to_another_customer" in caught.value.codes
    with pytest.raises(DomainError, match="transfer_to_same_user"):
        pass_on(lab, asked.id, lab.member)
    alone = lab.ask(lab.province.individual, group_id=None, span=span(13, 15))
    with pytest.raises(DomainError, match="transfer_to_another_customer"):
        pass_on(lab, alone.id, lab.member, lab.province.individual)


def test_an_unqualified_user_is_refused_and_a_qualified_one_is_not(lab: Lab) -> None:
    lab.province.add(lab.member.user, _qualified(lab))
    publish(lab.province, training={})
    asked = lab.ask()
    with pytest.raises(DomainError, match=r"reservations\.not_qualified"):
        pass_on(lab, asked.id, lab.members[1])
    assert lab.province.state(asked.id).user == lab.member.user
    lab.province.add(lab.members[1].user, _qualified(lab))
    assert pass_on(lab, asked.id, lab.members[1]).data["state"] == "confirmed"


def _qualified(lab: Lab) -> UserQualified:
    return UserQualified(resource=lab.province.resource, valid_from=at(0).date(), valid_until=at(0, day=30).date())


def test_quotas_are_drawn_anew_for_the_new_user_and_given_back_to_the_former(lab: Lab) -> None:
    publish(
        lab.province,
        quotas=[{"name": "每周", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 120}],
    )
    asked = lab.ask()
    other = lab.ask(lab.members[1], span=span(13, 14))
    with pytest.raises(DomainError, match="quota_exceeded"):
        pass_on(lab, asked.id, lab.members[1])
    pass_on(lab, other.id, lab.leader, lab.members[1])
    pass_on(lab, asked.id, lab.members[1])
    [draw] = lab.province.state(asked.id).draws
    assert str(lab.members[1].user) in draw.account
    assert lab.ask(span=span(15, 17)).data["state"] == "confirmed"


def test_lead_times_do_not_bind_what_is_held_already(lab: Lab) -> None:
    publish(lab.province, lead={"latest_minutes": 600})
    asked = lab.ask()
    stated = {"reservation_id": asked.id, "to_user": lab.members[1].user, "reason": "出差"}
    command = TransferReservation.model_validate(stated)
    lab.province.do(command, lab.member, at(8, 59, day=3))
    with pytest.raises(DomainError, match="already_begun"):
        lab.province.do(
            TransferReservation.model_validate({**stated, "to_user": lab.member.user}), lab.members[1], at(9)
        )


def test_a_group_of_the_new_users_own(lab: Lab) -> None:
    asked, outsider = lab.ask(), lab.employee()
    with pytest.raises(DomainError, match="not_in_group"):
        pass_on(lab, asked.id, outsider)
    assert pass_on(lab, asked.id, outsider, without_group=True).data["state"] == "confirmed"
    judged = lab.province.state(asked.id).judged
    assert judged.group is None


def test_what_the_leader_lets_the_new_user_spend_is_drawn(lab: Lab) -> None:
    lab.limit(59_999, member=lab.members[1].user)
    asked = lab.ask()
    with pytest.raises(DomainError, match="group_spending_exceeded"):
        pass_on(lab, asked.id, lab.members[1])
    lab.limit(60_000, member=lab.members[1].user)
    pass_on(lab, asked.id, lab.members[1])


def test_an_approval_is_asked_for_the_new_user_and_none_is_passed_by(lab: Lab) -> None:
    publish(lab.province, approval=[LEADER])
    asked = lab.ask()
    with pytest.raises(DomainError, match="approval_pending"):
        pass_on(lab, asked.id, lab.members[1])
    lab.decide(asked.id, "approve", lab.leader)
    assert pass_on(lab, asked.id, lab.members[1]).data["state"] == "requested"
    lab.decide(asked.id, "approve", lab.leader)
    assert lab.province.state(asked.id).state == "confirmed"
    assert pass_on(lab, asked.id, lab.leader, lab.members[1]).data["state"] == "confirmed"


@pytest.mark.parametrize(("accepted", "passes"), [(None, False), (59_999, False), (60_001, False), (60_000, True)])
def test_a_dearer_quote_needs_exactly_the_new_users_consent(lab: Lab, accepted: int | None, *, passes: bool) -> None:
    """A member who was registered as a researcher of the enterprise pays less than the others."""
    cheap = lab.employee("university", lab.province.enterprise)
    asked = lab.ask(cheap, group_id=None)
    assert asked.data["quote_fen"] == 40_000
    if not passes:
        with pytest.raises(DomainError, match="dearer_quote_not_accepted"):
            pass_on(lab, asked.id, lab.member, cheap, accepted_quote_fen=accepted)
        return
    done = pass_on(lab, asked.id, lab.member, cheap, accepted_quote_fen=accepted)
    assert done.data["quote_fen"] == 60_000
    assert pass_on(lab, asked.id, cheap).data["quote_fen"] == 40_000


def test_both_are_told_and_every_list_follows(lab: Lab) -> None:
    asked = lab.ask()
    pass_on(lab, asked.id, lab.members[1])
    tick(lab.province, at(13, day=2))
    with lab.province.home.database.reading() as cursor:
        row = shown(cursor, asked.id)
        assert row is not None
        assert (row["user_id"], row["state"]) == (lab.members[1].user, "confirmed")
        for each in (lab.member, lab.members[1]):
            kinds = [row["kind"] for row in inbox_page(cursor, (each.user,), at(13, day=2), after=None, limit=50).rows]
            assert "reservation_transferred" in kinds


def test_a_request_that_is_answered_by_hand_passes_on_as_a_request(lab: Lab) -> None:
    lab.province.add(lab.province.resource, opening(3))
    asked = lab.ask()
    assert pass_on(lab, asked.id, lab.members[1]).data["state"] == "requested"
    lab.province.do(ConfirmReservation(reservation_id=asked.id), lab.province.manager)
