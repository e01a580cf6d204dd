# SPDX-License-Identifier: Apache-2.0
"""How a use is judged: both sides of every tolerance, of the time it is judged and of the time to object."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.kernel.event import Event
from domain.kernel.house_rules import ConductRule, Outcome, Points
from domain.reservations import attendance, conduct
from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceUpheld,
)
from domain.reservations.events import NoShowAnnulled, NoShowContested, NoShowRecorded, UsageAborted
from domain.reservations.reservation import RESERVATION
from tests.domain import given as history
from tests.domain.given import given
from tests.domain.reservations.samples import COMPLETED, CONFIRMED, REQUESTED, STARTED, USER, asked, at

RULE = ConductRule(
    late_after_minutes=15,
    leave_early_minutes=30,
    overtime_after_minutes=15,
    points=(
        Points(outcome="late", points=5),
        Points(outcome="overtime", points=3),
        Points(outcome="leave_early", points=2, enabled=False),
        Points(outcome="no_show", points=30),
        Points(outcome="late_and_early", points=9),
    ),
)
DUE = at(11, day=3)
"""24 hours after the end at 11:00."""
FREE = ConductRule()


def used(begun: datetime, ended: datetime) -> list[Event]:
    minutes = int((ended - begun) / timedelta(minutes=1))
    return [
        REQUESTED,
        CONFIRMED,
        STARTED.model_copy(update={"started_at": begun}),
        COMPLETED.model_copy(update={"started_at": begun, "ended_at": ended, "used_minutes": minutes}),
    ]


def judge(past: list[Event], rule: ConductRule | None = RULE, now: datetime = DUE) -> history.Outcome:
    return given(RESERVATION, *past).when(conduct.judge, rule, resource_rules=1, unit_rules=None, now=now)


def judged(outcome: Outcome = "late", points: int = 5, **changes: Any) -> AttendanceJudged:  # noqa: ANN401
    facts = {
        "user": USER,
        "outcome": outcome,
        "points_due": points,
        "due_at": DUE,
        "penalty_due_at": DUE + timedelta(hours=24) if points else None,
        "resource_rules": 1,
        "unit_rules": None,
        **changes,
    }
    return AttendanceJudged.model_validate(facts)


@pytest.mark.parametrize(
    ("begun", "ended", "outcome", "points"),
    [
        (at(9), at(11), "normal", 0),
        (at(8, 50), at(11), "normal", 0),
        (at(9, 15), at(11), "normal", 0),
        (at(9, 15, 1), at(11), "late", 5),
        (at(9), at(10, 30), "normal", 0),
        (at(9), at(10, 29, 59), "leave_early", 0),
        (at(9), at(11, 15), "normal", 0),
        (at(9), at(11, 15, 1), "overtime", 3),
        (at(9, 16), at(11, 16), "late_and_overtime", 8),
        (at(9, 16), at(11, 15), "late", 5),
        (at(9, 16), at(10, 29), "late_and_early", 9),
        (at(9, 15), at(10, 29), "leave_early", 0),
    ],
)
def test_each_outcome_begins_a_second_after_its_tolerance(
    begun: datetime, ended: datetime, outcome: Outcome, points: int
) -> None:
    (event,) = judge(used(begun, ended), now=DUE + timedelta(minutes=16)).events
    assert isinstance(event, AttendanceJudged)
    assert (event.outcome, event.points_due) == (outcome, points)
    assert (event.penalty_due_at is None) == (points == 0)


def test_the_lengths_are_told_in_minutes_begun() -> None:
    (event,) = judge(used(at(9, 15, 1), at(10, 20)), now=DUE).events
    assert isinstance(event, AttendanceJudged)
    assert (event.late_minutes, event.early_minutes, event.overtime_minutes) == (16, 40, 0)


@pytest.mark.parametrize(("now", "early"), [(DUE - timedelta(microseconds=1), True), (DUE, False)])
def test_nothing_is_judged_before_its_hours_are_over(now: datetime, *, early: bool) -> None:
    outcome = judge(used(at(9), at(11)), now=now)
    if early:
        outcome.then_refused("reservations.judged_later")
    else:
        outcome.then(judged("normal", 0))


def test_a_use_that_ended_later_is_judged_later() -> None:
    late_end = used(at(9), at(12))
    judge(late_end, now=at(12, day=3) - timedelta(seconds=1)).then_refused("reservations.judged_later")
    (event,) = judge(late_end, now=at(12, day=3)).events
    assert isinstance(event, AttendanceJudged)
    assert event.due_at == at(12, day=3)


def test_judged_late_it_keeps_when_it_was_due_and_leaves_the_whole_time_to_object() -> None:
    """The worker stood still for three days: the user could not see the judgement before."""
    (event,) = judge(used(at(9, 20), at(11)), now=DUE + timedelta(days=3)).events
    assert isinstance(event, AttendanceJudged)
    assert (event.due_at, event.penalty_due_at) == (DUE, DUE + timedelta(days=4))


def test_a_reservation_nobody_came_for_is_a_no_show_and_so_is_one_recorded_by_hand() -> None:
    absent = judged("no_show", 30)
    judge([REQUESTED, CONFIRMED]).then(absent)
    judge([REQUESTED, CONFIRMED, NoShowRecorded()]).then(absent)


@pytest.mark.parametrize(
    ("past", "rule"),
    [
        (used(at(9), at(11)), None),
        ([REQUESTED, CONFIRMED, NoShowRecorded(), NoShowAnnulled(reason="在场")], RULE),
        ([asked(service_mode="commissioned_test"), CONFIRMED], RULE),
    ],
    ids=["nothing published", "annulled", "nobody was to come"],
)
def test_what_no_published_rule_judges_is_left_alone(past: list[Event], rule: ConductRule | None) -> None:
    judge(past, rule).then_refused("reservations.no_conduct_rule")


def test_a_use_is_judged_once() -> None:
    judge([*used(at(9), at(11)), judged("normal", 0)]).then_refused("reservations.already_judged")


def test_a_use_broken_off_by_a_fault_is_not_left_early() -> None:
    fault = UsageAborted(started_at=at(9), ended_at=at(9, 30), used_minutes=30, ground="fault", reason="停机")
    (event,) = judge([REQUESTED, CONFIRMED, STARTED, fault]).events
    assert isinstance(event, AttendanceJudged)
    assert (event.outcome, event.early_minutes) == ("normal", 0)


def test_a_rule_without_points_costs_nothing() -> None:
    judge(used(at(9, 20), at(11)), FREE).then(judged("late", 0, late_minutes=20))


LATE = [*used(at(9, 20), at(11)), judged(late_minutes=20)]
ABSENT = [REQUESTED, CONFIRMED, NoShowRecorded(), judged("no_show", 30)]
UNTIL = DUE + timedelta(hours=24)
CONTESTED = AttendanceContested(reason="交接晚了")


@pytest.mark.parametrize(("now", "late"), [(UNTIL - timedelta(microseconds=1), False), (UNTIL, True)])
def test_one_objects_until_the_penalty_is_due(now: datetime, *, late: bool) -> None:
    outcome = given(RESERVATION, *LATE).when(conduct.contest, reason="交接晚了", now=now)
    absent = given(RESERVATION, *ABSENT).when(attendance.contest, reason="已到场", now=now)
    if late:
        outcome.then_refused("reservations.objection_too_late")
        absent.then_refused("reservations.objection_too_late")
    else:
        outcome.then(CONTESTED)
        absent.then(NoShowContested(reason="已到场"))


def test_one_objects_once_and_only_to_what_costs_points() -> None:
    how = {"reason": "交接晚了", "now": DUE}
    given(RESERVATION, *LATE, CONTESTED).when(conduct.contest, **how).then_refused("reservations.already_contested")
    free = [*used(at(9), at(11)), judged("normal", 0)]
    given(RESERVATION, *free).when(conduct.contest, **how).then_refused("reservations.nothing_to_contest")
    given(RESERVATION, *used(at(9), at(11))).when(conduct.contest, **how).then_refused(
        "reservations.nothing_to_contest"
    )
    given(RESERVATION, *ABSENT).when(conduct.contest, **how).then_refused("reservations.nothing_to_contest")


@pytest.mark.parametrize(
    ("past", "now", "code"),
    [
        (LATE, UNTIL - timedelta(microseconds=1), "reservations.penalty_later"),
        (LATE, UNTIL, None),
        ([*LATE, CONTESTED], UNTIL, "reservations.objection_undecided"),
        ([*LATE, CONTESTED, AttendanceUpheld(reason="属实")], UNTIL, None),
        ([*LATE, CONTESTED, AttendanceAnnulled(reason="交接晚了")], UNTIL, "reservations.no_penalty"),
        ([*LATE, AttendanceAnnulled(reason="误判")], UNTIL, "reservations.no_penalty"),
        (ABSENT, UNTIL, None),
        ([*ABSENT, NoShowContested(reason="已到场")], UNTIL, "reservations.objection_undecided"),
        ([*ABSENT, NoShowContested(reason="已到场"), AttendanceUpheld(reason="监控")], UNTIL, None),
        ([*ABSENT, NoShowAnnulled(reason="门禁")], UNTIL, "reservations.no_penalty"),
        (used(at(9), at(11)), UNTIL, "reservations.no_penalty"),
        ([*used(at(9), at(11)), judged("normal", 0)], UNTIL, "reservations.no_penalty"),
    ],
)
def test_points_are_due_when_the_judgement_stands(past: list[Event], now: datetime, code: str | None) -> None:
    def penalise(reservation: Any, now: datetime) -> list[Event]:  # noqa: ANN401
        assert conduct.penalty(reservation, now=now).due_at == UNTIL
        return []

    outcome = given(RESERVATION, *past).when(penalise, now=now)
    assert (outcome.refused.codes if outcome.refused else None) == ((code,) if code else None)


def test_the_unit_upholds_what_is_contested_and_annuls_what_was_judged() -> None:
    given(RESERVATION, *LATE, CONTESTED).when(conduct.uphold, reason="属实").then(AttendanceUpheld(reason="属实"))
    given(RESERVATION, *LATE).when(conduct.uphold, reason="属实").then_refused("reservations.nothing_contested")
    given(RESERVATION, *LATE).when(conduct.annul, reason="误判").then(AttendanceAnnulled(reason="误判"))
    annulled = [*LATE, AttendanceAnnulled(reason="误判")]
    given(RESERVATION, *annulled).when(conduct.annul, reason="再次").then_refused("reservations.not_judged")
    given(RESERVATION, *used(at(9), at(11))).when(conduct.annul, reason="早了").then_refused("reservations.not_judged")
