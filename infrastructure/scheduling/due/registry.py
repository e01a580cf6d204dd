# SPDX-License-Identifier: Apache-2.0
"""Every kind of due work on one page. Each query is asked at every tick and may be asked by several workers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infrastructure.scheduling.due import approvals, deadlines, reservations, samples, standing, vouchers, waiting

if TYPE_CHECKING:
    from infrastructure.scheduling.due.line import DueQuery

QUERIES: tuple[DueQuery, ...] = (
    approvals.timed_out,
    samples.timed_out,
    reservations.never_answered,
    waiting.over,
    waiting.servable,
    standing.unjudged,
    standing.unpunished,
    standing.ending,
    standing.ended,
    vouchers.past_validity,
    deadlines.reminders,
    deadlines.passed,
    deadlines.overdue_tasks,
)
