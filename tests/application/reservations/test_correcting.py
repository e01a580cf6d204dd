# SPDX-License-Identifier: Apache-2.0
"""A corrected time that others used: refused with their uses like a use entered afterwards, and set aside likewise."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from application.command import Result
from application.parties.lock_period import LockPeriod
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.correct_usage import CorrectUsage
from application.reservations.start_usage import StartUsage
from domain.kernel.errors import DomainError
from domain.kernel.personal import Personal
from domain.kernel.time import Span
from domain.parties.events import UserRegistered
from domain.reservations.judged_events import RuleOverridden
from tests.application.reservations.province import Province, at, opening, span
from tests.application.reservations.test_recording import EVENING, enter

WHY = {"reservations.overlaps_use": "两个工位同时使用"}


@pytest.fixture
def second(province: Province) -> UUID:
    """A colleague's use from 10 to 12, beside which stands that of `first`, from 9 to 10."""
    colleague = uuid4()
    named = Personal.of(colleague, "同事")
    province.seed(colleague, UserRegistered(name=named, user_kind="university", legal_person=province.university))
    return enter(province, user_id=colleague, span=span(10, 12)).id


@pytest.fixture
def first(province: Province) -> UUID:
    return enter(province, user_id=province.staff, span=span(9, 10)).id


def correct(province: Province, use: UUID, stated: Span, **more: Any) -> Result:  # noqa: ANN401 - any field
    told = {"reservation_id": use, "started_at": stated.start, "ended_at": stated.end, "reason": "按日志更正", **more}
    return province.do(CorrectUsage.model_validate(told), province.manager, EVENING)


def test_time_of_another_use_is_refused_with_it_and_set_aside_with_a_reason(
    province: Province, first: UUID, second: UUID
) -> None:
    wider = span(9, 11)
    with pytest.raises(DomainError) as refused:
        correct(province, first, wider)
    [told] = refused.value.violations
    assert (told.code, told.parameters["duplicates"]) == ("reservations.overlaps_use", str(second))
    assert told.overridable_by == "managing_unit"
    assert province.state(first).used_minutes == 60, "nothing was changed"
    correct(province, first, wider, overrides=WHY)
    said = [item.event for item in province.home.log.stream(first) if isinstance(item.event, RuleOverridden)]
    assert [(each.rule, each.reason, each.approver) for each in said] == [
        ("reservations.overlaps_use", "两个工位同时使用", province.manager.user)
    ]
    assert province.state(first).used_minutes == 120
    correct(province, first, Span(start=at(9, 30), end=at(10, 30)))  # no time is added to what was set aside


@pytest.mark.parametrize(("end", "accepted"), [(at(10), True), (at(10, 1), False)])
def test_time_beside_another_use_is_free(
    province: Province,
    first: UUID,
    second: UUID,
    end: Any,  # noqa: ANN401 - an instant
    accepted: bool,  # noqa: FBT001
) -> None:
    stated = Span(start=at(8), end=end)
    assert province.state(second).state == "completed"
    if accepted:
        assert correct(province, first, stated).data["used_minutes"] == 120
        return
    with pytest.raises(DomainError) as refused:
        correct(province, first, stated)
    assert refused.value.codes == ("reservations.overlaps_use",)


def test_where_there_is_another_lane_both_stand(province: Province, first: UUID, second: UUID) -> None:
    province.add(province.resource, opening(2, capacity=2))
    assert correct(province, first, span(9, 11)).data["used_minutes"] == 120
    assert province.state(second).state == "completed"


def test_a_use_that_is_going_on_counts_and_a_booking_nobody_began_does_not(province: Province) -> None:
    asked = province.ask(province.colleague, at(12, day=2), span=span(12, 14))
    province.do(ConfirmReservation(reservation_id=asked.id), province.manager, at(13, day=2))
    use = enter(province, now=at(12), user_id=province.staff, span=span(9, 11)).id
    stated = {"reservation_id": use, "started_at": at(9), "ended_at": at(12, 10), "reason": "超时"}
    province.do(CorrectUsage.model_validate(stated), province.manager, at(12, 15))
    province.do(StartUsage(reservation_id=asked.id, started_at=at(12, 10)), province.manager, at(12, 30))
    longer = CorrectUsage.model_validate({**stated, "ended_at": at(12, 20)})
    with pytest.raises(DomainError) as refused:
        province.do(longer, province.manager, at(12, 40))
    assert refused.value.violations[0].parameters["duplicates"] == str(asked.id)


def test_a_lock_and_another_use_are_told_at_once(province: Province, first: UUID, second: UUID) -> None:
    day = at(9).date()
    lock = LockPeriod(unit=province.unit, through=day, head=province.staff, reason="已上报")
    province.do(lock, province.manager, at(9, day=4))
    assert province.state(second).state == "completed"
    with pytest.raises(DomainError) as refused:
        correct(province, first, span(9, 11))
    assert refused.value.codes == ("reservations.period_closed", "reservations.overlaps_use")
