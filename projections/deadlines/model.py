# SPDX-License-Identifier: Apache-2.0
"""The list of deadlines: what the scheduler has yet to issue, and what people see of their own."""

from datetime import date
from uuid import UUID

from projections.deadlines import (
    call_offs,
    contracts,
    custody,
    network,
    parties,
    registry,
    resources,
    standing,
    tasks,
    vouchers,
)
from projections.deadlines.call_offs import CALL_OFFS
from projections.deadlines.table import DEADLINES, HOLDERS, on
from projections.paging import Cursor, Keyset, Page, Where, fetch, read_page
from projections.readmodel import ReadModel, Row

SOURCES = (resources, registry, custody, parties, contracts, call_offs, vouchers, network, standing, tasks)
"""The rooms whose deadlines are known; importing them has registered what they do."""


MODEL = ReadModel("deadlines", (DEADLINES, HOLDERS, CALL_OFFS), on.apply, types=on.types, version=5)


def kinds(cursor: Cursor) -> list[str]:
    """The kinds of which any deadline runs."""
    return [row["kind"] for row in fetch(cursor, "SELECT DISTINCT kind FROM deadlines ORDER BY kind")]


def to_remind_of(cursor: Cursor, kind: str, *, first: date, last: date) -> list[Row]:
    """Deadlines of a kind whose day lies in a period, both days included, and of which nobody was reminded.

    What was entered on or after its day needs no reminder.
    """
    return fetch(
        cursor,
        "SELECT kind, subject, item, due_on FROM deadlines WHERE kind = %s AND due_on BETWEEN %s AND %s"
        " AND set_on < due_on AND reminded_at IS NULL AND lifted_at IS NULL ORDER BY due_on, subject, item",
        (kind, first, last),
    )


def to_pass(cursor: Cursor, kind: str, today: date) -> list[Row]:
    """Deadlines of a kind whose day is over, which is not noted yet."""
    return fetch(
        cursor,
        "SELECT kind, subject, item, due_on FROM deadlines WHERE kind = %s AND due_on < %s"
        " AND passed_at IS NULL AND lifted_at IS NULL ORDER BY due_on, subject, item",
        (kind, today),
    )


def deadlines(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    today: date,
    kind: str | None = None,
    subject: UUID | None = None,
    unit: UUID | None = None,
    organisation: UUID | None = None,
    person: UUID | None = None,
    since: date | None = None,
    until: date | None = None,
    lifted: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Deadlines by day; those that no longer run only where `lifted`. An organisation sees both sides of its own."""
    where = Where().equals(kind=kind, subject=subject, unit=unit, person=person)
    where.holds("(organisation = %s OR counterparty = %s)", organisation, organisation)
    where.holds("due_on >= %s", since).holds("due_on <= %s", until).holds("(lifted_at IS NULL OR %s)", lifted)
    order = Keyset(("due_on", "kind", "subject", "item"))
    page = read_page(cursor, MODEL.name, DEADLINES, where, order, after=after, limit=limit)
    return Page([_with_standing(row, today) for row in page.rows], page.next, page.position)


def _with_standing(row: Row, today: date) -> Row:
    if row["lifted_at"] is not None:
        return {**row, "standing": "lifted"}
    return {**row, "standing": "ahead" if row["due_on"] >= today else "over"}
