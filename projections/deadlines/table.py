# SPDX-License-Identifier: Apache-2.0
"""Deadlines and who they concern. A room sets and lifts its own with the functions here."""

from datetime import date
from uuid import UUID

from domain.governance.events import DeadlinePassed, DeadlineReminded
from domain.kernel.event import Recorded
from domain.kernel.time import local_date
from projections.handlers import Handlers, new_row
from projections.readmodel import Row, Rows, Table

DEADLINES = Table(
    "deadlines",
    ("kind", "subject", "item"),
    {
        "kind": "text",
        "subject": "uuid",  # the stream whose deadline it is
        "item": "text",  # tells several of one kind and subject apart; often empty
        "due_on": "date",  # the last day, included
        "set_on": "date",
        "unit": "uuid",
        "organisation": "uuid",
        "counterparty": "uuid",
        "person": "uuid",
        "role": "text",
        "reminded_at": "timestamptz",
        "passed_at": "timestamptz",
        "lifted_at": "timestamptz",
    },
    ('(due_on, kind COLLATE "C", subject, item COLLATE "C")', "(unit)", "(organisation)", "(person)"),
)
HOLDERS = Table(
    "deadline_holders",
    ("subject",),
    {
        "subject": "uuid",
        "unit": "uuid",
        "organisation": "uuid",
        "counterparty": "uuid",
        "person": "uuid",
        "running": "jsonb",  # kind and item of each deadline that runs
        "noted": "date",  # a day that becomes a deadline when both sides have signed
        "signed": "jsonb",  # the sides that have
        "outstanding": "bigint",  # a contract's open call-offs, a voucher's fen not used
    },
)
"""Whom a subject belongs to: an event that sets a deadline seldom says so itself."""

on = Handlers()


@on
def _remind(event: DeadlineReminded, recorded: Recorded, rows: Rows) -> None:
    _issued(event, rows, reminded_at=recorded.meta.occurred_at)


@on
def _pass(event: DeadlinePassed, recorded: Recorded, rows: Rows) -> None:
    """Before a room that asks what is left to do: its own functions come later."""
    _issued(event, rows, passed_at=recorded.meta.occurred_at)


def _issued(event: DeadlineReminded | DeadlinePassed, rows: Rows, **columns: object) -> None:
    """A deadline that has moved to another day meanwhile is another one."""
    row = rows.get(DEADLINES, event.kind, event.subject, event.item)
    if row is not None and row["due_on"] == event.due_on:
        rows.change(DEADLINES, event.kind, event.subject, event.item, **columns)


def hold(rows: Rows, subject: UUID, **owners: UUID | None) -> None:
    """Say whom a subject belongs to: `unit`, `organisation`, `counterparty`, `person`."""
    rows.put(HOLDERS, new_row(HOLDERS, subject=subject, running=[], signed=[], outstanding=0, **owners))


def move_to(rows: Rows, subject: UUID, **owners: UUID | None) -> None:
    """Another holder from now on; deadlines that run go with the subject."""
    rows.change(HOLDERS, subject, **owners)
    for kind, item in _running(rows, subject):
        rows.change(DEADLINES, kind, subject, item, **owners)


def set_deadline(
    rows: Rows, recorded: Recorded, kind: str, due_on: date, *, item: str = "", **more: UUID | str | None
) -> None:
    """A deadline of the event's stream runs, anew where it ran to another day."""
    subject = recorded.stream
    holder = rows.get(HOLDERS, subject) or {}
    owners = {name: holder.get(name) for name in ("unit", "organisation", "counterparty", "person")}
    row = new_row(
        DEADLINES,
        kind=kind,
        subject=subject,
        item=item,
        due_on=due_on,
        set_on=local_date(recorded.meta.occurred_at),
        **{**owners, **more},
    )
    rows.put(DEADLINES, row)
    running = _running(rows, subject)
    if holder and [kind, item] not in running:
        rows.change(HOLDERS, subject, running=[*running, [kind, item]])


def lift(
    rows: Rows,
    recorded: Recorded,
    kind: str | None = None,
    item: str | None = None,
    *,
    subject: UUID | None = None,
) -> None:
    """Deadlines of the event's stream, or of a `subject`, run no more: what was due is done or no longer due.

    None means every one.
    """
    subject = subject or recorded.stream
    lifted = [each for each in _running(rows, subject) if kind in (None, each[0]) and item in (None, each[1])]
    for name, part in lifted:
        rows.change(DEADLINES, name, subject, part, lifted_at=recorded.meta.occurred_at)
    left = [each for each in _running(rows, subject) if each not in lifted]
    if lifted:
        rows.change(HOLDERS, subject, running=left)


def resume(rows: Rows, subject: UUID, kind: str) -> None:
    """What was lifted runs again to the day it ran to; what was issued of it stays issued."""
    row = rows.get(DEADLINES, kind, subject, "")
    if row is not None and row["lifted_at"] is not None:
        rows.change(DEADLINES, kind, subject, "", lifted_at=None)
        rows.change(HOLDERS, subject, running=[*_running(rows, subject), [kind, ""]])


def latest(rows: Rows, kind: str, subject: UUID, item: str = "") -> date | None:
    """The day to which a deadline runs, if it runs."""
    row = rows.get(DEADLINES, kind, subject, item)
    return None if row is None or row["lifted_at"] is not None else row["due_on"]


def _running(rows: Rows, subject: UUID) -> list[list[str]]:
    holder: Row | None = rows.get(HOLDERS, subject)
    return [] if holder is None else holder["running"]
