# SPDX-License-Identifier: Apache-2.0
"""Moving what an override let in: it goes along as far as it reaches; further, the unit sets the rule aside anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from application.looking import Look
from application.reservations.checking import tried
from application.reservations.reschedule_reservation import RescheduleReservation
from application.reservations.transfer_reservation import TransferReservation
from domain.kernel.errors import DomainError
from domain.reservations.judged_events import OverrideCarriedOver, RuleOverridden
from tests.application.reservations.house import publish, quota
from tests.application.reservations.lab import Lab
from tests.application.reservations.province import Province, at, opening, span

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.time import Span

LONGER = "reservations.longer_than_house_rules"
ASIDE = {LONGER: "课题验收"}


@pytest.fixture
def home(province: Province) -> Province:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, lengths=[{"max_minutes": 60}])
    return province


def let_in(home: Province, overrides: dict[str, str] = ASIDE) -> UUID:
    stated: dict[str, Any] = {"on_behalf_of": home.client, "overrides": overrides}
    return home.ask(home.manager, **stated).id


def moving(reservation: UUID, when: Span, **more: Any) -> RescheduleReservation:  # noqa: ANN401 - any field
    return RescheduleReservation.model_validate({"reservation_id": reservation, "span": when, "reason": "改期", **more})


def test_the_user_moves_it_with_the_same_or_a_lesser_breach(home: Province) -> None:
    reservation = let_in(home)
    home.do(moving(reservation, span(13, 15)), home.customer)
    home.do(moving(reservation, span(13, 14)), home.customer)
    home.do(moving(reservation, span(9, 11, day=4)), home.customer)
    events = [item.event for item in home.home.log.stream(reservation)]
    carried = [event for event in events if isinstance(event, OverrideCarriedOver)]
    assert [(event.rule, event.approver, event.reason) for event in carried] == [
        (LONGER, home.keeper, "课题验收"),
        (LONGER, home.keeper, "课题验收"),
    ]


def test_for_more_the_staff_sets_it_aside_anew_and_nobody_else(home: Province) -> None:
    reservation, longer = let_in(home), span(9, 12)
    with pytest.raises(DomainError) as refused:
        home.do(moving(reservation, longer), home.customer)
    assert refused.value.codes == (LONGER, "reservations.new_override_needed")
    with pytest.raises(DomainError) as refused:
        home.do(moving(reservation, longer, overrides=ASIDE), home.customer)
    assert "reservations.override_by_unit_only" in refused.value.codes
    home.do(moving(reservation, longer, overrides={LONGER: "样品加急"}, consent="电话"), home.manager)
    events = [item.event for item in home.home.log.stream(reservation)]
    granted = [event for event in events if isinstance(event, RuleOverridden)]
    assert [(event.reason, event.breaches[0].extent) for event in granted] == [("课题验收", 60), ("样品加急", 120)]
    home.do(moving(reservation, span(13, 16)), home.customer)


def test_a_quota_set_aside_stays_so_and_is_not_drawn_upon(province: Province) -> None:
    province.add(province.resource, opening(2, confirmation="automatic"))
    publish(province, quotas=[quota(limit=60)])
    reservation = let_in(province, {"reservations.quota_exceeded": "验收"})
    province.do(moving(reservation, span(13, 15)), province.customer)
    assert province.state(reservation).draws == ()
    province.do(moving(reservation, span(13, 14)), province.customer)
    assert [draw.amount for draw in province.state(reservation).draws] == [60], "what fits is drawn"
    with pytest.raises(DomainError, match="new_override_needed"):
        province.do(moving(reservation, span(13, 16)), province.customer)


def test_another_user_does_not_inherit_it(home: Province) -> None:
    lab = Lab(home)
    reservation = let_in(home)
    transfer = TransferReservation(reservation_id=reservation, to_user=lab.member.user, reason="出差")
    with pytest.raises(DomainError, match="longer_than_house_rules"):
        home.do(transfer, home.customer)
    home.do(moving(reservation, span(9, 10)), home.customer)
    home.do(transfer, home.customer)
    with pytest.raises(DomainError) as refused:
        home.do(moving(reservation, span(9, 11)), lab.member)
    assert refused.value.codes == (LONGER,), "what was set aside was set aside for somebody else"


def test_a_check_of_the_move_says_that_it_stays_set_aside(home: Province) -> None:
    reservation = let_in(home)
    look = Look(home.home.bus, home.customer, at(12, day=2))
    trial = tried(look, moving(reservation, span(13, 15)))
    assert trial.accepted
    assert dict(trial.rules)["length.bounds"] == "set_aside"
    assert trial.broken == ()
