# SPDX-License-Identifier: Apache-2.0
"""When one instrument is free in a span of time, and why it is not otherwise."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from psycopg.rows import tuple_row

from domain.resources.availability import Holding, Piece, availability
from domain.resources.free_slots import Shut
from domain.resources.opening import Opening
from projections.calendar import MODEL as CALENDAR
from projections.closures import MODEL as CLOSURES
from projections.paging import Cursor
from projections.taken import lanes_of

_TOLD = """
    SELECT CASE WHEN user_id = %(user)s THEN 'mine' ELSE kind END, lanes::text,
        floor(extract(epoch FROM held_from))::bigint, ceil(extract(epoch FROM held_until))::bigint
    FROM calendar_occupancy WHERE resource = %(instrument)s AND held_until > %(start)s AND held_from < %(end)s
    UNION ALL
    SELECT 'closed', lanes::text,
        floor(extract(epoch FROM starts_at))::bigint, ceil(extract(epoch FROM ends_at))::bigint
    FROM closure_spans WHERE place IN (%(instrument)s, %(unit)s) AND ends_at > %(start)s AND starts_at < %(end)s
    UNION ALL
    SELECT 'position', NULL, min(position), NULL FROM read_models WHERE name = ANY(%(models)s)
"""
"""All in one statement: how often one asks takes longer than what one asks for."""


def available(
    cursor: Cursor,
    instrument: UUID,
    unit: UUID,
    openings: Sequence[Opening],
    start: datetime,
    end: datetime,
    *,
    user: UUID | None = None,
) -> tuple[list[Piece], int]:
    """The open time in `[start, end)` by state, as `user` sees it, and the log position it shows."""
    asked = {"user": user, "instrument": instrument, "unit": unit, "start": start, "end": end}
    with cursor.connection.cursor(row_factory=tuple_row) as own:
        rows = own.execute(_TOLD, asked | {"models": [CALENDAR.name, CLOSURES.name]}).fetchall()
    holdings: list[Holding] = []
    closed: list[Shut] = []
    position = 0
    for kind, lanes, begin, over in rows:
        if kind == "position":
            position = begin or 0
        elif kind == "closed":
            closed.append((begin, over, lanes and tuple(lanes_of(lanes))))
        else:
            holdings.append(Holding(kind, lanes_of(lanes), begin, over))
    return availability(openings, holdings, closed, start, end), position
