# SPDX-License-Identifier: Apache-2.0
"""Searching the catalogue: words in Chinese, Latin or pinyin initials, filters, orders, facets.

Total and facets are exact for everything, for whole classes (counted ahead), and for at least 1,000 finds. Beyond that
about a thousand finds are counted, an even sample: total and facets are then lower bounds, and the answer says so.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import sql

from projections.facets import Facet, Facets, counted_ahead, tally
from projections.instrument_index import SCOPES, SHELVES
from projections.instrument_tables import INSTRUMENTS, UNIT_NAMES
from projections.instruments import MODEL
from projections.paging import Cursor, Where, fetch, position_of
from projections.readmodel import Row
from projections.remembered import Remembered, catalogue_state
from projections.search_conditions import Search, conditions
from projections.search_order import IN_RUNS, Ordered, ordered
from projections.search_runs import page_of
from projections.search_shelves import ENOUGH, unprepared, width_of, within

__all__ = ["Facet", "Found", "Search", "matching", "search"]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of instruments. `more` says that there are more than `total`, and that facets are lower bounds."""

    rows: list[Row]
    next: str | None
    position: int
    total: int
    more: bool
    facets: Facets


@dataclass(frozen=True, slots=True)
class _Answer:
    """A page before its rows are read."""

    ids: tuple[UUID, ...]
    next: str | None
    total: int
    more: bool
    facets: Facets


@dataclass(frozen=True, slots=True)
class _Seen:
    """What the first shelves hold, or all of them."""

    width: int
    found: int
    facets: Facets


REMEMBERED: Remembered[_Answer] = Remembered()


def search(
    cursor: Cursor,
    wanted: Search,
    *,
    after: str | None = None,
    limit: int = 20,
    facets: bool = True,
    since: date | None = None,
) -> Found:
    """A page that follows the token `after`; use counts from the month `since` on, in the order of use alone.

    Raises `InvalidPageToken`.
    """
    position, state = position_of(cursor, MODEL.name), catalogue_state(cursor)
    order = ordered(wanted, after, limit, since)

    def find() -> _Answer:
        return _found(cursor, wanted, order, facets=facets)

    kept = state is not None and order.lasts and wanted.among is None
    answer = REMEMBERED.get((state, wanted, after, limit, facets), find) if kept else find()
    rows = rows_of(cursor, answer.ids)
    return Found(rows, answer.next, position, answer.total, answer.more, answer.facets)


def matching(cursor: Cursor, wanted: Search, most: int) -> list[UUID]:
    """The ids of the first `most` finds in the order asked for."""
    where, order = conditions(wanted), ordered(wanted, None, most, None)
    width = _look(cursor, where, "", facets=False).width if order.token is IN_RUNS else SHELVES
    return list(page_of(cursor, where, order, width)[0])


def rows_of(cursor: Cursor, ids: tuple[UUID, ...]) -> list[Row]:
    """Rows of the catalogue with the names of their units, in the order of the ids."""
    columns = sql.SQL(", ").join(sql.Identifier("i", name) for name in INSTRUMENTS.columns)
    query = sql.SQL(
        "SELECT {}, coalesce(u.name_zh, '') AS unit_name_zh, coalesce(u.name_en, '') AS unit_name_en"
        " FROM instruments i LEFT JOIN {} u ON u.id = i.unit WHERE i.id = ANY(%s)"
    ).format(columns, sql.Identifier(UNIT_NAMES.name))
    found = {row["id"]: row for row in fetch(cursor, query, (list(ids),))}
    return [found[each] for each in ids if each in found]


def _found(cursor: Cursor, wanted: Search, order: Ordered, *, facets: bool) -> _Answer:
    where, scope = conditions(wanted), wanted.class_prefix
    if wanted == Search(class_prefix=scope, sort=wanted.sort) and len(scope) in SCOPES:
        total, ahead = counted_ahead(cursor, scope)
        return _Answer(*page_of(cursor, where, order, SHELVES), total, more=False, facets=ahead if facets else {})
    seen = _look(cursor, where, scope, facets=facets)
    more = seen.width < SHELVES
    page = page_of(cursor, where, order, seen.width)
    return _Answer(*page, ENOUGH if more else seen.found, more=more, facets=seen.facets)


def _look(cursor: Cursor, where: Where, scope: str, *, facets: bool) -> _Seen:
    """At so many shelves that they hold enough finds, or at all."""
    width = width_of(cursor, where)
    seen = _seen(cursor, where, scope, width, facets=facets)
    if width < SHELVES and seen.found < ENOUGH:  # these shelves happen to hold less than others
        return _seen(cursor, where, scope, SHELVES, facets=facets)
    return seen


def _seen(cursor: Cursor, where: Where, scope: str, width: int, *, facets: bool) -> _Seen:
    numbers = sql.SQL("coalesce(string_agg(numbers, ''), '')" if facets else "''")
    part = within(where, 0, width)
    query = sql.SQL("SELECT count(*) AS found, {} AS numbers FROM instrument_index WHERE {}").format(numbers, part.sql)
    [hits] = unprepared(cursor, query, part.parameters)
    return _Seen(width, hits["found"], tally(cursor, hits["numbers"], scope) if facets else {})
