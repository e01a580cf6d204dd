# SPDX-License-Identifier: Apache-2.0
"""The due day of a task of the office or the centre."""

from domain.governance.events import (
    OfficeTaskCancelled,
    OfficeTaskDone,
    OfficeTaskGiven,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
)
from domain.kernel.event import Recorded
from projections.deadlines.table import DEADLINES, hold, lift, on, set_deadline
from projections.handlers import known
from projections.readmodel import Rows

KIND = "office_task"


@on
def _give(event: OfficeTaskGiven, recorded: Recorded, rows: Rows) -> None:
    hold(rows, recorded.stream, organisation=event.organisation)
    set_deadline(rows, recorded, KIND, event.due_on, role=event.assignee)


@on
def _postpone(event: OfficeTaskPostponed, recorded: Recorded, rows: Rows) -> None:
    role = known(rows, DEADLINES, KIND, recorded.stream, "")["role"]
    set_deadline(rows, recorded, KIND, event.due_on, role=role)


@on
def _end(_event: OfficeTaskReported | OfficeTaskDone | OfficeTaskCancelled, recorded: Recorded, rows: Rows) -> None:
    lift(rows, recorded, KIND)


@on
def _fall_overdue(_event: OfficeTaskOverdue, recorded: Recorded, rows: Rows) -> None:
    rows.change(DEADLINES, KIND, recorded.stream, "", passed_at=recorded.meta.occurred_at)
