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
from projections.instrument_index import SCOPES
from projections.instrument_tables import INSTRUMENTS, UNIT_NAMES
from projections.instruments import MODEL
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import Row
from projections.remembered import Remembered, catalogue_state
from projections.search_conditions import Search, conditions
from projections.search_order import IN_RUNS, Ordered, ordered
from projections.search_runs import in_order, look, page_of
from projections.search_sample import ENOUGH
from projections.shelves import SHELVES

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
    where, order = conditions(cursor, wanted), ordered(wanted, None, most, None)
    if order.token is not IN_RUNS:
        return list(order.cut(in_order(cursor, where, order))[0])
    return list(page_of(cursor, where, order, look(cursor, where, order, facets=False))[0])


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
    where, scope = conditions(cursor, wanted), wanted.class_prefix
    if wanted == Search(class_prefix=scope, sort=wanted.sort) and len(scope) in SCOPES:
        total, ahead = counted_ahead(cursor, scope)
        page = order.cut(in_order(cursor, where, order))
        return _Answer(*page, total, more=False, facets=ahead if facets else {})
    seen = look(cursor, where, order, facets=facets)
    page, more = page_of(cursor, where, order, seen), seen.width < SHELVES
    found = tally(cursor, seen.numbers, scope) if facets else {}
    return _Answer(*page, ENOUGH if more else seen.found, more=more, facets=found)
