# SPDX-License-Identifier: Apache-2.0
"""Judge a use that is over, or a reservation that nobody came for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.reservations.ending import charge, free_accessories, release_voucher
from application.standing.rules import bound_by
from domain.reservations import attendance, conduct
from domain.reservations.attendance_events import AttendanceJudged
from domain.reservations.reservation import RESERVATION, require_state

if TYPE_CHECKING:
    from application.work import Work


class JudgeAttendance(Command):
    """Judge attendance by the rules published before the request; issued by the system, once, when it is due.

    A confirmed reservation that nobody came for becomes a no-show, with the charge published for that.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"}})

    reservation_id: UUID


def judge_attendance(command: JudgeAttendance, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    reservation, bound = loaded.state, bound_by(work, loaded.state)
    require_state(reservation, "judge_attendance", "confirmed", "no_show", "completed", "aborted")
    judged = conduct.judge(
        reservation,
        bound.rules.conduct,
        resource_rules=bound.versions.resource_rules,
        unit_rules=bound.versions.unit_rules,
        now=work.now,
    )
    if reservation.state == "confirmed":
        work.append(loaded.id, *attendance.record_no_show(reservation, note="", now=work.now))
        free_accessories(work, loaded, "no-show")
        release_voucher(work, loaded, "no-show")
        charge(work, loaded, "no_show")
    work.append(loaded.id, *judged)
    (judgement,) = (event for event in judged if isinstance(event, AttendanceJudged))
    return Result(loaded.id, {"outcome": judgement.outcome, "points_due": judgement.points_due})
