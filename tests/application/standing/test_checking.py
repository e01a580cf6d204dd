# SPDX-License-Identifier: Apache-2.0
"""Checking in and out by users who are qualified: times are measured, and nobody touches another's use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from application.errors import NotPermitted
from application.reservations.check_out import CheckOut
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.correct_usage import CorrectUsage
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import ConductRule, HouseRules
from domain.parties.events import UserQualified
from tests.application.reservations.province import Province, at
from tests.application.standing.town import RULES, booked, conduct, publish, recorded, standing_of, used

if TYPE_CHECKING:
    from uuid import UUID

DAY = date(2026, 3, 3)
SECOND = timedelta(seconds=1)


def begun(province: Province) -> UUID:
    """The colleague's own use, checked in by himself at nine."""
    province.add(province.staff, UserQualified(resource=province.resource, valid_from=DAY, valid_until=DAY))
    reservation = booked(province)
    province.do(StartUsage(reservation_id=reservation), province.colleague, at(9))
    return reservation


def test_a_user_checks_out_of_his_own_use_with_the_minutes_measured(province: Province) -> None:
    reservation = begun(province)
    done = province.do(CheckOut(reservation_id=reservation, persons=2), province.colleague, at(10, 30))
    assert done.data["used_minutes"] == 90
    state = province.state(reservation)
    assert (state.state, state.ended_at, state.persons) == ("completed", at(10, 30), 2)


def test_nobody_validates_the_use_of_another(province: Province) -> None:
    """Peers: any logged-in user can validate another's usage."""
    reservation = begun(province)
    colleague_of_his = Actor(user=province.client, role=Role.USER, organisation=province.university)
    for other in (province.individual, province.customer, colleague_of_his):
        for command in (CheckOut(reservation_id=reservation), CompleteUsage(reservation_id=reservation)):
            with pytest.raises(NotPermitted):
                province.do(command, other, at(10))
    assert province.state(reservation).state == "in_use"


def test_a_user_states_no_times(province: Province) -> None:
    assert set(CheckOut.model_fields) == {"reservation_id", "persons", "note", "fund_card"}
    province.add(province.staff, UserQualified(resource=province.resource, valid_from=DAY, valid_until=DAY))
    reservation = booked(province)
    with pytest.raises(DomainError) as refused:
        province.do(StartUsage(reservation_id=reservation, started_at=at(9)), province.colleague, at(10))
    assert refused.value.codes == ("reservations.time_is_measured",)
    with pytest.raises(NotPermitted):
        province.do(CompleteUsage(reservation_id=reservation), province.colleague, at(10))


def test_what_the_staff_began_the_staff_ends(province: Province) -> None:
    reservation = booked(province)
    with pytest.raises(DomainError) as refused:
        province.do(CheckOut(reservation_id=reservation), province.colleague, at(9))
    assert refused.value.codes == ("reservations.wrong_state",)
    operator = province.manager.model_copy(update={"user": uuid4()})
    province.do(StartUsage(reservation_id=reservation), operator, at(9))
    with pytest.raises(DomainError) as refused:
        province.do(CheckOut(reservation_id=reservation), province.colleague, at(10))
    assert refused.value.codes == ("reservations.started_by_another",)


@pytest.mark.parametrize(("published", "earliest"), [(None, at(8, 45)), (40, at(8, 20)), (0, at(9))])
def test_one_begins_as_early_as_published_and_not_a_second_earlier(
    province: Province, published: int | None, earliest: object
) -> None:
    if published is not None:
        publish(province, HouseRules(conduct=ConductRule(early_start_minutes=published)))
    reservation, start = booked(province), at(9)
    assert earliest == start - timedelta(minutes=15 if published is None else published)
    early = start - timedelta(minutes=15 if published is None else published)
    with pytest.raises(DomainError) as refused:
        province.do(StartUsage(reservation_id=reservation), province.manager, early - SECOND)
    assert refused.value.codes == ("reservations.too_early",)
    province.do(StartUsage(reservation_id=reservation), province.manager, early)


def test_nobody_begins_in_the_time_of_the_one_before(province: Province) -> None:
    publish(province, HouseRules(conduct=ConductRule(early_start_minutes=60)))
    before = province.ask(province.customer, span={"start": at(8), "end": at(9)})
    province.do(ConfirmReservation(reservation_id=before.id), province.manager)
    reservation = booked(province)
    with pytest.raises(DomainError) as refused:
        province.do(StartUsage(reservation_id=reservation), province.manager, at(9) - SECOND)
    assert refused.value.codes == ("reservations.held_by_another",)
    province.do(StartUsage(reservation_id=reservation), province.manager, at(9))


def test_when_the_one_before_is_done_early_the_next_may_begin(province: Province) -> None:
    publish(province, HouseRules(conduct=ConductRule(early_start_minutes=60)))
    used(province, at(8), at(8, 30), start=8, end=9)
    reservation = booked(province)
    province.do(StartUsage(reservation_id=reservation), province.manager, at(8, 40))


def test_uses_are_noted_only_where_something_published_looks_back_upon_them(province: Province) -> None:
    used(province, at(9), at(11))
    assert province.home.log.stream(standing_of(province)) == []
    publish(province)
    reservation = used(province, at(13), at(15), start=13, end=15)
    assert recorded(province, standing_of(province)) == {"StandingOpened": 1, "UseNoted": 1}
    assert conduct(province, at(16)).minutes_this_year == 120
    correct = CorrectUsage(reservation_id=reservation, started_at=at(13), ended_at=at(14), reason="设备日志")
    province.do(correct, province.manager, at(16))
    facts = conduct(province, at(16))
    assert (facts.minutes_this_year, facts.last_used) == (60, at(15))


def test_feedback_is_owed_for_what_was_asked_for_after_the_rule_was_published(province: Province) -> None:
    early = booked(province)
    publish(province, RULES)
    province.do(StartUsage(reservation_id=early), province.manager, at(9))
    province.do(CompleteUsage(reservation_id=early), province.manager, at(11))
    assert conduct(province, at(12)).feedback_owed == ()
    used(province, at(13), at(15), start=13, end=15)
    assert conduct(province, at(16)).feedback_owed == (at(15),)


def test_feedback_on_a_use_entered_later_is_owed_from_then_on(province: Province) -> None:
    """Nobody is kept from booking at once by an import of last month."""
    publish(province, RULES)
    reservation = booked(province)
    province.do(StartUsage(reservation_id=reservation), province.manager, at(9))
    province.do(CompleteUsage(reservation_id=reservation, ended_at=at(11)), province.manager, at(19))
    assert conduct(province, at(20)).feedback_owed == (at(19),)
