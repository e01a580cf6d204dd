# SPDX-License-Identifier: Apache-2.0
"""Judging attendance: late, early, overtime, absent; objecting to it; what it costs in the end (rulings 8.16, 8.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceUpheld,
)

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.kernel.house_rules import ConductRule, Outcome
    from domain.reservations.judged_attendance import Attendance
    from domain.reservations.reservation import Reservation

MINUTE = timedelta(minutes=1)
PARTS: dict[Outcome, tuple[Outcome, ...]] = {
    "late_and_overtime": ("late", "overtime"),
    "late_and_early": ("late", "leave_early"),
}
"""What a double outcome costs where the rule names no points for it."""


def due_at(reservation: Reservation, rule: ConductRule) -> datetime:
    """When a use or its absence may be judged: hours after the time reserved, or after a later end of use."""
    end = reservation.span.end
    return max(end, reservation.ended_at or end) + timedelta(hours=rule.judged_after_hours)


def judge(
    reservation: Reservation,
    rule: ConductRule | None,
    *,
    resource_rules: int | None,
    unit_rules: int | None,
    now: datetime,
) -> list[Event]:
    """Judge a use that is over, or a reservation nobody came for, once.

    The rule is that published before the request. A commissioned test is done without the user and is not judged. The
    time to object begins with the judgement, also a late one.
    Raises `reservations.no_conduct_rule`, `reservations.already_judged`, `reservations.judged_later`.
    """
    if rule is None or reservation.service_mode == "commissioned_test" or reservation.annulled:
        raise refusal("reservations.no_conduct_rule")
    if reservation.attendance is not None:
        raise refusal("reservations.already_judged")
    due = due_at(reservation, rule)
    if now < due:
        raise refusal("reservations.judged_later", due=due.isoformat())
    return [judgement_of(reservation, rule, due=due, resource_rules=resource_rules, unit_rules=unit_rules, now=now)]


def judgement_of(
    reservation: Reservation,
    rule: ConductRule,
    *,
    due: datetime,
    resource_rules: int | None,
    unit_rules: int | None,
    now: datetime,
) -> AttendanceJudged:
    """What the recorded times come to by the rule; whoever objects has the hours published, from now on."""
    late, early, overtime = _deviations(reservation)
    outcome = _outcome(reservation, rule, late, early, overtime)
    points = points_for(rule, outcome)
    return AttendanceJudged(
        user=reservation.user,
        outcome=outcome,
        late_minutes=late,
        early_minutes=early,
        overtime_minutes=overtime,
        points_due=points,
        due_at=due,
        penalty_due_at=now + timedelta(hours=rule.appeal_hours) if points else None,
        resource_rules=resource_rules,
        unit_rules=unit_rules,
    )


def points_for(rule: ConductRule, outcome: Outcome) -> int:
    """The points that the rule takes for an outcome: its own, or those of its parts where it has none."""
    stated = {item.outcome: item.points if item.enabled else 0 for item in rule.points}
    if outcome in stated or outcome not in PARTS:
        return stated.get(outcome, 0)
    return sum(stated.get(part, 0) for part in PARTS[outcome])


def contest(reservation: Reservation, *, reason: str, now: datetime) -> list[Event]:
    """Object to a judgement before its penalty falls due, once.

    Raises `reservations.nothing_to_contest`, `reservations.already_contested`, `reservations.objection_too_late`.
    """
    attendance = reservation.attendance
    if attendance is None or attendance.judged.penalty_due_at is None or reservation.state == "no_show":
        raise refusal("reservations.nothing_to_contest")
    if attendance.contested or attendance.annulled:
        raise refusal("reservations.already_contested")
    require_in_time(attendance, now)
    return [AttendanceContested(reason=reason)]


def require_in_time(attendance: Attendance | None, now: datetime) -> None:
    """Refuse an objection from the moment on at which the penalty is due. Raises `reservations.objection_too_late`."""
    until = attendance.judged.penalty_due_at if attendance else None
    if until is not None and now >= until:
        raise refusal("reservations.objection_too_late", until=until.isoformat())


def uphold(reservation: Reservation, *, reason: str) -> list[Event]:
    """Stand by what the user objected to. Raises `reservations.nothing_contested`."""
    if not objection_waits(reservation):
        raise refusal("reservations.nothing_contested")
    return [AttendanceUpheld(reason=reason)]


def annul(reservation: Reservation, *, reason: str) -> list[Event]:
    """Let a judgement no longer count, contested or not. Raises `reservations.not_judged`."""
    attendance = reservation.attendance
    if attendance is None or attendance.annulled:
        raise refusal("reservations.not_judged")
    return [AttendanceAnnulled(reason=reason)]


def objection_waits(reservation: Reservation) -> bool:
    """Whether the unit has yet to decide on an objection, to a judgement or to a no-show that was judged."""
    attendance = reservation.attendance
    if attendance is None:
        return False
    if reservation.state == "no_show":
        return reservation.contested and not reservation.annulled and not attendance.upheld
    return attendance.undecided


@dataclass(frozen=True, slots=True)
class Penalty:
    """What a judgement costs: points, and the moment it fell due."""

    user: UUID
    outcome: Outcome
    points: int
    due_at: datetime


def penalty(reservation: Reservation, *, now: datetime) -> Penalty:
    """The penalty of a judgement that stands, once the time to object is over.

    Raises `reservations.no_penalty`, `reservations.objection_undecided`, `reservations.penalty_later`.
    """
    attendance = reservation.attendance
    until = attendance.judged.penalty_due_at if attendance else None
    if attendance is None or until is None or attendance.annulled or reservation.annulled:
        raise refusal("reservations.no_penalty")
    if objection_waits(reservation):
        raise refusal("reservations.objection_undecided")
    if now < until:
        raise refusal("reservations.penalty_later", due=until.isoformat())
    judged = attendance.judged
    return Penalty(judged.user, judged.outcome, judged.points_due, until)


def _deviations(reservation: Reservation) -> tuple[int, int, int]:
    """Minutes late, early and over; a use broken off by fault or for safety is not left early."""
    span, begun, ended = reservation.span, reservation.started_at, reservation.ended_at
    if begun is None or ended is None:
        return 0, 0, 0
    early = 0 if reservation.state == "aborted" else _minutes(span.end - ended)
    return _minutes(begun - span.start), early, _minutes(ended - span.end)


def _minutes(length: timedelta) -> int:
    """Whole minutes begun; none for what did not happen."""
    return max(-(-length // MINUTE), 0)


def _outcome(reservation: Reservation, rule: ConductRule, late: int, early: int, overtime: int) -> Outcome:
    """The last minute of each tolerance still belongs to the user."""
    if reservation.started_at is None:
        return "no_show"
    is_late, is_over = late > rule.late_after_minutes, overtime > rule.overtime_after_minutes
    is_early = early > rule.leave_early_minutes
    if is_over:
        return "late_and_overtime" if is_late else "overtime"
    if is_early:
        return "late_and_early" if is_late else "leave_early"
    return "late" if is_late else "normal"
