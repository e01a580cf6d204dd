# SPDX-License-Identifier: Apache-2.0
"""Uses to be judged, penalties whose time has come, qualifications that end: each once, however late."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from application.reservations.judge_attendance import JudgeAttendance
from application.standing.impose_penalty import ImposePenalty
from application.standing.lapse_qualification import LapseQualification
from application.standing.remind_of_qualification import RemindOfQualification
from domain.kernel.time import local_date
from infrastructure.scheduling.due.line import DueWork
from projections.attendance import to_judge, to_penalise
from projections.standing_qualifications import to_lapse, to_remind_of

if TYPE_CHECKING:
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction
    from projections.readmodel import Row


def unjudged(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Uses that are over, and reservations nobody came for, hours after their end."""
    with jurisdiction.database.reading() as cursor:
        rows = to_judge(cursor, now)
    return [DueWork(row["reservation"], JudgeAttendance(reservation_id=row["reservation"])) for row in rows]


def unpunished(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Judgements whose time to object is over; judged anew, a use is another one."""
    with jurisdiction.database.reading() as cursor:
        rows = to_penalise(cursor, now)
    return [
        DueWork(
            uuid5(row["reservation"], row["penalty_due_at"].isoformat()),
            ImposePenalty(reservation_id=row["reservation"]),
        )
        for row in rows
    ]


def ending(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Qualifications whose end comes near."""
    with jurisdiction.database.reading() as cursor:
        rows = to_remind_of(cursor, local_date(now))
    return [_of(row, RemindOfQualification) for row in rows]


def ended(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Qualifications whose last day is over."""
    with jurisdiction.database.reading() as cursor:
        rows = to_lapse(cursor, local_date(now))
    return [_of(row, LapseQualification) for row in rows]


def _of(row: Row, command: type[RemindOfQualification | LapseQualification]) -> DueWork:
    key = uuid5(row["standing"], f"{row['resource']}/{row['ends_on'].isoformat()}")
    ends = {"user": row["user_id"], "unit": row["unit"], "resource": row["resource"], "ends_on": row["ends_on"]}
    return DueWork(key, command(**ends))
