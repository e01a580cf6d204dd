# SPDX-License-Identifier: Apache-2.0
"""Published reports, newest last. Their rows are what the event says: a report never changes."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.statistics.events import ReportPublished, ReportWithdrawn
from projections.handlers import Handlers, amend, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

REPORTS = Table(
    "reports",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "kind": "text",
        "first": "date",
        "last": "date",
        "as_of": "timestamptz",
        "log_position": "bigint",
        "digest": "text",
        "rows": "jsonb",
        "published_at": "timestamptz",
        "withdrawn": "jsonb",
        "version": "bigint",
    },
    ('(number COLLATE "C", id)',),
)

on = Handlers()


@on
def _publish(event: ReportPublished, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", "position", "rows"})
    rows.put(
        REPORTS,
        new_row(
            REPORTS,
            **given,
            id=recorded.stream,
            log_position=event.position,
            rows=[row.model_dump(mode="json") for row in event.rows],
            published_at=recorded.meta.occurred_at,
            version=recorded.version,
        ),
    )


@on
def _withdraw(event: ReportWithdrawn, recorded: Recorded, rows: Rows) -> None:
    amend(rows, REPORTS, recorded, withdrawn=event.model_dump(mode="json", exclude={"basis"}))


MODEL = ReadModel("reports", (REPORTS,), on.apply, types=on.types)


def reports(cursor: Cursor, *, kind: str | None, after: str | None, limit: int) -> Page:
    """A page of reports by number, without their rows."""
    order = Keyset(("number", "id"))
    where = Where().equals(kind=kind)
    return read_page(cursor, MODEL.name, REPORTS, where, order, after=after, limit=limit, without=frozenset({"rows"}))


def report(cursor: Cursor, report_id: UUID) -> Row | None:
    """One report with its rows."""
    return find(cursor, REPORTS, id=report_id)
