# SPDX-License-Identifier: Apache-2.0
"""Service qualifications with scope and validity; the public sees those that hold on the day (JS 19.b)."""

from datetime import date
from uuid import UUID

from domain.kernel.event import Recorded
from domain.network.events import QualificationRecorded, QualificationRenewed, QualificationWithdrawn
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

QUALIFICATIONS = Table(
    "qualifications",
    ("id",),
    {
        "id": "uuid",
        "legal_person": "uuid",
        "unit": "uuid",
        "kind": "text",
        "number": "text",
        "issuer": "text",
        "scope": "text",
        "resources": "jsonb",
        "periods": "jsonb",  # [{valid_from, valid_until}], both days included, the earliest first
        "valid_until": "date",  # of the latest period
        "withdrawn_on": "date",  # the first day without it
        "withdrawn_reason": "text",
        "digest": "text",
        "version": "bigint",
    },
    ("(unit)", "(legal_person)", "(valid_until)"),
)
HOLDS = (
    "((withdrawn_on IS NULL OR %s < withdrawn_on) AND EXISTS (SELECT 1 FROM jsonb_array_elements(periods) AS p"
    " WHERE (p->>'valid_from')::date <= %s AND %s <= (p->>'valid_until')::date))"
)

on = Handlers()


@on
def _record(event: QualificationRecorded, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis", "resources", "valid_from"})
    row = new_row(
        QUALIFICATIONS,
        id=recorded.stream,
        resources=[str(each) for each in event.resources],
        periods=[_period(event)],
        version=recorded.version,
        **given,
    )
    rows.put(QUALIFICATIONS, row)


@on
def _renew(event: QualificationRenewed, recorded: Recorded, rows: Rows) -> None:
    periods = known(rows, QUALIFICATIONS, recorded.stream)["periods"]
    amend(
        rows,
        QUALIFICATIONS,
        recorded,
        scope=event.scope,
        resources=[str(each) for each in event.resources],
        periods=[*periods, _period(event)],
        valid_until=event.valid_until,
        digest=event.digest,
    )


@on
def _withdraw(event: QualificationWithdrawn, recorded: Recorded, rows: Rows) -> None:
    amend(rows, QUALIFICATIONS, recorded, withdrawn_on=event.withdrawn_on, withdrawn_reason=event.reason)


def _period(event: QualificationRecorded | QualificationRenewed) -> Row:
    return event.model_dump(mode="json", include={"valid_from", "valid_until"})


MODEL = ReadModel("qualifications", (QUALIFICATIONS,), on.apply, types=on.types)


def qualification(cursor: Cursor, qualification_id: UUID) -> Row | None:
    """One qualification; whether the reader may see it is decided by `holds_on` and the reader's unit."""
    return find(cursor, QUALIFICATIONS, id=qualification_id)


def holds_on(row: Row, day: date) -> bool:
    """Whether a qualification holds on a day."""
    gone = row["withdrawn_on"] is not None and row["withdrawn_on"] <= day
    return not gone and any(each["valid_from"] <= day.isoformat() <= each["valid_until"] for each in row["periods"])


def qualifications(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    legal_person: UUID | None = None,
    resource: UUID | None = None,
    kind: str | None = None,
    valid_on: date | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Qualifications; `valid_on` keeps those that hold on a day."""
    where = Where().equals(unit=unit, legal_person=legal_person, kind=kind)
    where.holds("resources @> jsonb_build_array(%s::text)", None if resource is None else str(resource))
    where.holds(HOLDS, valid_on, valid_on, valid_on)
    return read_page(cursor, MODEL.name, QUALIFICATIONS, where, Keyset(("id",)), after=after, limit=limit)
