# SPDX-License-Identifier: Apache-2.0
"""Sample orders whose leader has decided nothing in time: each once, with its original due time, however late."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid5

from application.samples.time_out_sample_approval import TimeOutSampleApproval
from infrastructure.scheduling.due.line import DueWork
from projections.sample_orders import to_time_out

if TYPE_CHECKING:
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction
    from projections.readmodel import Row


def timed_out(jurisdiction: Jurisdiction, now: datetime) -> list[DueWork]:
    """Orders whose leader's time is over."""
    with jurisdiction.database.reading() as cursor:
        rows = to_time_out(cursor, now)
    return [_of(row) for row in rows]


def _of(row: Row) -> DueWork:
    due_at = row["approval_due_at"]
    command = TimeOutSampleApproval(order_id=row["id"], due_at=due_at)
    return DueWork(uuid5(row["id"], f"leader/{due_at.isoformat()}"), command)
