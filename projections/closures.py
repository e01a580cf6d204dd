# SPDX-License-Identifier: Apache-2.0
"""Closed time of units and instruments, as announced and as far as it was not lifted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import tuple_row

from domain.kernel.event import Recorded
from domain.parties.closure_events import UnitClosureAnnounced, UnitClosureLifted
from domain.resources.closure_events import ClosureAnnounced, ClosureLifted
from domain.resources.free_slots import Shut
from projections.handlers import Handlers, known, new_row
from projections.paging import Cursor, fetch
from projections.readmodel import ReadModel, Row, Rows, Table

CLOSURES = Table(
    "closures",
    ("closure",),
    {
        "closure": "uuid",
        "place": "uuid",  # the instrument, or the unit for all of its instruments
        "level": "text",  # instrument, unit
        "reason": "text",
        "calendar": "text",  # the version of the working-day calendar that told the days
        "lanes": "jsonb",
        "spans": "bigint",
        "kept": "jsonb",
        "cancelled": "jsonb",
        "announced_at": "timestamptz",
        "lifted_from": "timestamptz",
    },
    ("(place)",),
)
SPANS = Table(
    "closure_spans",
    ("closure", "number"),
    {
        "closure": "uuid",
        "number": "bigint",
        "place": "uuid",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "lanes": "jsonb",
    },
    ("(place, ends_at)",),
)
on = Handlers()


@on
def _announce(event: ClosureAnnounced | UnitClosureAnnounced, recorded: Recorded, rows: Rows) -> None:
    lanes = list(event.lanes) if isinstance(event, ClosureAnnounced) and event.lanes is not None else None
    row = new_row(
        CLOSURES,
        closure=event.closure,
        place=recorded.stream,
        level="instrument" if isinstance(event, ClosureAnnounced) else "unit",
        reason=event.reason,
        calendar=event.calendar,
        lanes=lanes,
        spans=len(event.spans),
        kept=[str(each) for each in event.kept],
        cancelled=[str(each) for each in event.cancelled],
        announced_at=recorded.meta.occurred_at,
    )
    rows.put(CLOSURES, row)
    for number, span in enumerate(event.spans):
        part = new_row(
            SPANS,
            closure=event.closure,
            number=number,
            place=recorded.stream,
            starts_at=span.start,
            ends_at=span.end,
            lanes=lanes,
        )
        rows.put(SPANS, part)


@on
def _lift(event: ClosureLifted | UnitClosureLifted, _recorded: Recorded, rows: Rows) -> None:
    """What lies behind stays closed; the rest is open again."""
    row = known(rows, CLOSURES, event.closure)
    rows.change(CLOSURES, event.closure, lifted_from=event.lifted_from)
    for number in range(row["spans"]):
        span = known(rows, SPANS, event.closure, number)
        if event.lifted_from <= span["starts_at"]:
            rows.delete(SPANS, event.closure, number)
        elif event.lifted_from < span["ends_at"]:
            rows.change(SPANS, event.closure, number, ends_at=event.lifted_from)


MODEL = ReadModel("closures", (CLOSURES, SPANS), on.apply, types=on.types)


def announced(cursor: Cursor, place: UUID, now: datetime) -> list[Row]:
    """The closures of an instrument or a unit that are not over, each with the spans that are left of it."""
    query = """
        SELECT c.closure, c.level, c.reason, c.calendar, c.lanes, c.announced_at,
            jsonb_agg(jsonb_build_object('from', s.starts_at, 'to', s.ends_at) ORDER BY s.number) AS spans
        FROM closures c JOIN closure_spans s ON s.closure = c.closure
        WHERE c.place = %s AND s.ends_at > %s GROUP BY c.closure ORDER BY min(s.starts_at), c.closure
    """
    return fetch(cursor, query, (place, now))


def closed_between(
    cursor: Cursor, places: Sequence[UUID], start: datetime, end: datetime
) -> Mapping[UUID, Sequence[Shut]]:
    """What is closed in `[start, end)` by place, in the whole seconds that free time is told from."""
    closed: dict[UUID, list[Shut]] = defaultdict(list)
    with cursor.connection.cursor(row_factory=tuple_row) as own:
        rows = own.execute(
            "SELECT place, floor(extract(epoch FROM starts_at))::bigint, ceil(extract(epoch FROM ends_at))::bigint,"
            " lanes FROM closure_spans WHERE place = ANY(%s) AND ends_at > %s AND starts_at < %s ORDER BY starts_at",
            (list(dict.fromkeys(places)), start, end),
        ).fetchall()
    for place, starts_at, ends_at, lanes in rows:
        closed[place].append((starts_at, ends_at, None if lanes is None else tuple(lanes)))
    return closed
