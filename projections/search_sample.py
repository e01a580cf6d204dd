# SPDX-License-Identifier: Apache-2.0
"""Looking at a part of what a broad search finds: as many shelves of the catalogue as hold about a thousand finds.

Whoever looks at a thousand finds waits as long for 电镜 as for 仪.
"""

from collections.abc import Sequence

from psycopg import sql
from psycopg.rows import dict_row

from projections.paging import Cursor, Where
from projections.readmodel import Row
from projections.shelves import SHELVES, rounded, shelves_grams

ENOUGH = 1_000
"""Up to so many finds are always all looked at."""
SOUNDED = 16
AIMED_AT = 1_250
"""More than enough, because shelves are not all alike."""
MOST_SHELVES = SHELVES // 2
"""Who would look at more than half of them had better look at all."""


def width_of(cursor: Cursor, where: Where) -> int:
    """How many shelves, from the first on, hold at least enough finds; all of them where there are not many more."""
    query = sql.SQL("SELECT count(*) AS found FROM instrument_index WHERE {}")
    sounded = within(where, 0, SOUNDED)
    found = unprepared(cursor, query.format(sounded.sql), sounded.parameters)[0]["found"]
    return _at_most(AIMED_AT * SOUNDED // found + 1) if found else SHELVES


def wider(width: int) -> int:
    """Twice as many shelves."""
    return _at_most(2 * width)


def within(where: Where, first: int, end: int) -> Where:
    """The same conditions on the shelves `[first, end)`."""
    part = Where([*where.parts], [*where.parameters])
    if end - first < SHELVES:
        part.holds("grams && %s::text[]", shelves_grams(first, min(end, SHELVES)))
    return part


def unprepared(cursor: Cursor, query: sql.Composed, parameters: Sequence[object]) -> list[Row]:
    """Rows of a query that is planned for these very words each time: rare ones and broad ones need other plans."""
    with cursor.connection.cursor(row_factory=dict_row) as own:
        return own.execute(query, parameters, prepare=False).fetchall()


def _at_most(width: int) -> int:
    return rounded(width) if width <= MOST_SHELVES else SHELVES
