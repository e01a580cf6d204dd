# SPDX-License-Identifier: Apache-2.0
"""A corrected record is judged anew, and the earlier judgement counts no more."""

from datetime import datetime, timedelta

import pytest

from domain.kernel.event import Event
from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceSuperseded,
    AttendanceUpheld,
)
from domain.reservations.events import UsageCorrected
from domain.reservations.judging_anew import judge_anew
from domain.reservations.reservation import RESERVATION
from tests.domain.reservations.samples import USER, at
from tests.domain.reservations.test_conduct import RULE, judged, used

NOW = at(15, day=5)
LATE = judged("late", 5, late_minutes=20, resource_rules=1, unit_rules=2)
GONE = AttendanceSuperseded(user=USER, outcome="late", points_due=5, reason="按日志")


def corrected(begun: datetime, ended: datetime) -> UsageCorrected:
    minutes = int((ended - begun) / timedelta(minutes=1))
    return UsageCorrected(started_at=begun, ended_at=ended, used_minutes=minutes, reason="按日志")


def anew(correction: UsageCorrected, *earlier: Event) -> list[Event]:
    before = RESERVATION.fold([*used(at(9, 20), at(11)), *earlier])
    assert before is not None
    after = RESERVATION.fold([correction], before)
    assert after is not None
    return judge_anew(before, after, RULE, reason="按日志", now=NOW)


@pytest.mark.parametrize("then", [(), (AttendanceContested(reason="停电"),), (AttendanceUpheld(reason="属实"),)])
def test_the_new_judgement_takes_the_place_of_the_earlier_and_the_time_to_object_begins_with_it(
    then: tuple[Event, ...],
) -> None:
    superseded, new = anew(corrected(at(9), at(11, 30)), LATE, *then)
    assert superseded == GONE
    assert isinstance(new, AttendanceJudged)
    assert (new.outcome, new.points_due, new.overtime_minutes) == ("overtime", 3, 30)
    assert (new.due_at, new.penalty_due_at) == (NOW, NOW + timedelta(hours=24))
    assert (new.resource_rules, new.unit_rules) == (1, 2), "the rules that bound the request"


def test_corrected_to_nothing_at_fault_it_costs_nothing() -> None:
    superseded, new = anew(corrected(at(9), at(11)), LATE)
    assert superseded == GONE
    assert isinstance(new, AttendanceJudged)
    assert (new.outcome, new.points_due, new.penalty_due_at) == ("normal", 0, None)


@pytest.mark.parametrize(
    ("correction", "earlier"),
    [
        (corrected(at(9, 20), at(11)), (LATE,)),
        (corrected(at(9), at(11)), ()),
        (corrected(at(9), at(11)), (LATE, AttendanceAnnulled(reason="属实"))),
    ],
)
def test_what_comes_to_the_same_was_not_judged_or_is_annulled_stays(
    correction: UsageCorrected, earlier: tuple[Event, ...]
) -> None:
    assert anew(correction, *earlier) == []


def test_an_objection_falls_with_the_judgement_it_was_made_to() -> None:
    state = RESERVATION.fold([*used(at(9, 20), at(11)), LATE, AttendanceContested(reason="停电"), GONE, LATE])
    assert state is not None
    assert state.attendance is not None
    assert not state.attendance.contested
