# SPDX-License-Identifier: Apache-2.0
"""When one instrument is free in a span of time, and why it is not otherwise."""

import json
from datetime import datetime
from uuid import UUID

from psycopg.rows import tuple_row

from domain.resources.availability import Holding, Piece, availability
from domain.resources.opening import Opening
from projections.calendar import MODEL as CALENDAR
from projections.closures import MODEL as CLOSURES
from projections.closures import closed_between
from projections.paging import Cursor, position_of

_HELD = """
    SELECT CASE WHEN user_id = %s THEN 'mine' ELSE kind END, lanes::text, floor(extract(epoch FROM held_from))::bigint,
        ceil(extract(epoch FROM held_until))::bigint
    FROM calendar_occupancy WHERE resource = %s AND held_until > %s AND held_from < %s
"""


def available(
    cursor: Cursor,
    instrument: UUID,
    unit: UUID,
    openings: list[Opening],
    start: datetime,
    end: datetime,
    *,
    user: UUID | None = None,
) -> tuple[list[Piece], int]:
    """The open time in `[start, end)` by state, as `user` sees it, and the log position it shows."""
    position = min(position_of(cursor, CALENDAR.name), position_of(cursor, CLOSURES.name))
    with cursor.connection.cursor(row_factory=tuple_row) as own:
        rows = own.execute(_HELD, (user, instrument, start, end)).fetchall()
    holdings = [Holding(kind, json.loads(lanes), begin, over) for kind, lanes, begin, over in rows]
    shut = closed_between(cursor, [instrument, unit], start, end)
    closed = [*shut.get(unit, ()), *shut.get(instrument, ())]
    return availability(openings, holdings, closed, start, end), position
