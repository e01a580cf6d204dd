# SPDX-License-Identifier: Apache-2.0
"""Reminders before a deadline, and the note after it, each with its original day."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from application.governance.note_overdue_task import NoteOverdueTask
from application.governance.pass_deadline import PassDeadline
from application.governance.remind_of_deadline import RemindOfDeadline
from application.governance.standing import ASK
from domain.governance.deadline import Due, reminder_parameter
from domain.kernel.time import local_date
from infrastructure.scheduling.due.line import DueWork
from projections.deadlines.model import to_pass, to_remind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction
    from projections.readmodel import Row

LATENESS = "practice.reminder_lateness_days"
ENDED_BY_THEIR_ROOM = frozenset({"voucher_expiry", "office_task", "contract_last_days"})
"""Kinds of which it is noted elsewhere that the day is over."""


def reminders(jurisdiction: Jurisdiction, now: datetime) -> Iterator[DueWork]:
    """Deadlines that come near. One missed while no worker ran is issued late, even after the day."""
    today = local_date(now)
    edition = jurisdiction.edition(today)  # how early to remind is practice, and may be decided (ruling 8.18)
    first = today - timedelta(days=edition.value(LATENESS))
    for kind in ASK:
        last = today + timedelta(days=edition.value(reminder_parameter(kind, edition)))
        with jurisdiction.database.reading() as cursor:
            rows = to_remind_of(cursor, kind, first=first, last=last)
        for due in map(_due, rows):
            command = RemindOfDeadline(kind=due.kind, subject=due.subject, item=due.item, due_on=due.due_on)
            yield DueWork(due.id, command)


def passed(jurisdiction: Jurisdiction, now: datetime) -> Iterator[DueWork]:
    """Deadlines whose day is over."""
    for kind in ASK:
        over = [] if kind in ENDED_BY_THEIR_ROOM else _over(jurisdiction, kind, now)
        for due in over:
            command = PassDeadline(kind=due.kind, subject=due.subject, item=due.item, due_on=due.due_on)
            yield DueWork(due.id, command)


def overdue_tasks(jurisdiction: Jurisdiction, now: datetime) -> Iterator[DueWork]:
    """Tasks of the office and the centre that nobody has reported in time."""
    for due in _over(jurisdiction, "office_task", now):
        yield DueWork(due.id, NoteOverdueTask(task=due.subject, due_on=due.due_on))


def _over(jurisdiction: Jurisdiction, kind: str, now: datetime) -> list[Due]:
    with jurisdiction.database.reading() as cursor:
        return list(map(_due, to_pass(cursor, kind, local_date(now))))


def _due(row: Row) -> Due:
    return Due(row["kind"], row["subject"], row["item"], row["due_on"])
