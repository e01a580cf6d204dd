# SPDX-License-Identifier: Apache-2.0
"""Steps of approvals that nobody has decided in time: each once, with its original due time, however late."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from application.reservations.time_out_approval_step import TimeOutApprovalStep
from infrastructure.scheduling.due.line import DueWork
from projections.approvals import to_time_out

if TYPE_CHECKING:
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction
    from projections.readmodel import Row


def timed_out(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Steps whose time is over."""
    with jurisdiction.database.reading() as cursor:
        rows = to_time_out(cursor, now)
    return [_of(row) for row in rows]


def _of(row: Row) -> DueWork:
    command = TimeOutApprovalStep(reservation_id=row["reservation"], step=row["step"], due_at=row["due_at"])
    return DueWork(uuid5(row["reservation"], f"{row['step']}/{row['due_at'].isoformat()}"), command)
