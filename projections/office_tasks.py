# SPDX-License-Identifier: Apache-2.0
"""Tasks of the office and the centre. Whether one is late is asked when it is read, from its own due day."""

from datetime import date
from uuid import UUID

from domain.governance.events import (
    OfficeTaskCancelled,
    OfficeTaskDone,
    OfficeTaskGiven,
    OfficeTaskOverdue,
    OfficeTaskPostponed,
    OfficeTaskReported,
)
from domain.kernel.event import Recorded
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

TASKS = Table(
    "office_tasks",
    ("id",),
    {
        "id": "uuid",
        "title": "text",
        "description": "text",
        "given_by": "text",
        "assignee": "text",
        "organisation": "uuid",
        "decision_reference": "text",
        "state": "text",  # open, reported, done, cancelled
        "given_at": "timestamptz",
        "due_on": "date",
        "first_due_on": "date",
        "reports": "jsonb",
        "overdue_noted_at": "timestamptz",
        "ended_at": "timestamptz",
        "remark": "text",
        "version": "bigint",
    },
    ("(due_on, id)",),
)

on = Handlers()


@on
def _give(event: OfficeTaskGiven, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        TASKS,
        id=recorded.stream,
        state="open",
        given_at=recorded.meta.occurred_at,
        first_due_on=event.due_on,
        reports=[],
        version=recorded.version,
        **event.model_dump(exclude={"basis"}),
    )
    rows.put(TASKS, row)


@on
def _postpone(event: OfficeTaskPostponed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, TASKS, recorded, due_on=event.due_on, state="open", overdue_noted_at=None)


@on
def _report(event: OfficeTaskReported, recorded: Recorded, rows: Rows) -> None:
    reports = known(rows, TASKS, recorded.stream)["reports"]
    given = {"at": recorded.meta.occurred_at.isoformat(), "report": event.report, "digest": event.digest}
    amend(rows, TASKS, recorded, reports=[*reports, given], state="reported")


@on
def _note(_event: OfficeTaskOverdue, recorded: Recorded, rows: Rows) -> None:
    amend(rows, TASKS, recorded, overdue_noted_at=recorded.meta.occurred_at)


@on
def _end(event: OfficeTaskDone | OfficeTaskCancelled, recorded: Recorded, rows: Rows) -> None:
    remark = event.remark if isinstance(event, OfficeTaskDone) else event.reason
    amend(rows, TASKS, recorded, ended_at=recorded.meta.occurred_at, remark=remark)


on.states(TASKS, {OfficeTaskDone: "done", OfficeTaskCancelled: "cancelled"})
MODEL = ReadModel("office_tasks", (TASKS,), on.apply, types=on.types)


def task(cursor: Cursor, task_id: UUID, today: date) -> Row | None:
    """One task, and whether it is late on a day."""
    row = find(cursor, TASKS, id=task_id)
    return None if row is None else with_due(row, today)


def tasks(
    cursor: Cursor,
    *,
    today: date,
    assignee: str | None = None,
    states: tuple[str, ...] | None = None,
    overdue: bool | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Tasks by due day. `overdue` asks for what is late, or not late, on the day `today`."""
    where = Where().equals(assignee=assignee).one_of("state", states)
    where.holds("(state = 'open' AND due_on < %s) = %s", today, overdue)
    page = read_page(cursor, MODEL.name, TASKS, where, Keyset(("due_on", "id")), after=after, limit=limit)
    return Page([with_due(row, today) for row in page.rows], page.next, page.position)


def with_due(row: Row, today: date) -> Row:
    """The task with how it stands to its due day: `ahead`, `today`, `overdue`; `settled` where nothing is awaited."""
    if row["state"] != "open":
        return {**row, "due": "settled"}
    due = row["due_on"]
    return {**row, "due": "overdue" if due < today else "today" if due == today else "ahead"}
