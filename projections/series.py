# SPDX-License-Identifier: Apache-2.0
"""Series of bookings: how they recur, what was booked together, and what was left out."""

from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.series.events import SeriesEnded, SeriesRequested
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

SERIES = Table(
    "booking_series",
    ("id",),
    {
        "id": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "user_id": "uuid",
        "customer": "uuid",
        "requested_by": "uuid",
        "zone": "text",
        "pattern": "jsonb",
        "at_conflict": "text",
        "calendar": "text",  # the version of the working-day calendar, where holidays were left out
        "provisional": "boolean",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "booked": "jsonb",
        "skipped": "jsonb",
        "requested_at": "timestamptz",
        "ended_from": "timestamptz",
        "end_reason": "text",
        "version": "bigint",
    },
    ("(user_id, starts_at, id)", "(unit, starts_at, id)", "(provider, starts_at, id)", "(starts_at, id)"),
)
on = Handlers()


@on
def _request(event: SeriesRequested, recorded: Recorded, rows: Rows) -> None:
    same = event.model_dump(
        include={"resource", "unit", "provider", "customer", "requested_by", "zone", "at_conflict", "calendar"}
    )
    row = new_row(
        SERIES,
        **same,
        id=recorded.stream,
        user_id=event.user,
        provisional=event.provisional,
        pattern=event.pattern.model_dump(mode="json"),
        starts_at=event.booked[0].span.start,
        ends_at=event.booked[-1].span.end,
        booked=[each.model_dump(mode="json") for each in event.booked],
        skipped=[each.model_dump(mode="json") for each in event.skipped],
        requested_at=recorded.meta.occurred_at,
        version=recorded.version,
    )
    rows.put(SERIES, row)


@on
def _end(event: SeriesEnded, recorded: Recorded, rows: Rows) -> None:
    rows.change(SERIES, recorded.stream, ended_from=event.ended_from, end_reason=event.reason, version=recorded.version)


MODEL = ReadModel("series", (SERIES,), on.apply, types=on.types)


def series(cursor: Cursor, series_id: UUID) -> Row | None:
    """One series; each reservation of it with its time and state as they are now."""
    row = find(cursor, SERIES, id=series_id)
    if row is None:
        return None
    query = """
        SELECT r.id AS reservation, r.starts_at, r.ends_at, r.state, r.lane, r.quote_fen
        FROM reservations r WHERE r.id = ANY(%s) ORDER BY r.starts_at, r.id
    """
    ids = [UUID(each["reservation"]) for each in row["booked"]]
    return {**row, "reservations": fetch(cursor, query, (ids,))}


def all_series(
    cursor: Cursor,
    *,
    user: UUID | None = None,
    unit: UUID | None = None,
    provider: UUID | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Series by their first time, the latest first."""
    where = Where().equals(user_id=user, unit=unit, provider=provider)
    return read_page(
        cursor, MODEL.name, SERIES, where, Keyset(("starts_at", "id"), descending=True), after=after, limit=limit
    )
