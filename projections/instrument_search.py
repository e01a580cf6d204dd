# SPDX-License-Identifier: Apache-2.0
"""Searching the catalogue: words in Chinese, Latin or pinyin initials, filters, orders, facets.

Finds and facets come from one look at the narrow rows of `instrument_index`. Facets are exact for everything and for
whole classes (counted ahead) and up to 20,000 finds; beyond that they are lower bounds, and the answer says so.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import sql

from projections.facets import Facet, Facets, counted_ahead, tally
from projections.instrument_index import SCOPES
from projections.instruments import INSTRUMENTS, MODEL, UNIT_NAMES
from projections.paging import Cursor, Where, fetch, position_of
from projections.readmodel import Row
from projections.remembered import Remembered, catalogue_state
from projections.search_conditions import Search, conditions
from projections.search_order import Ordered, ordered

__all__ = ["Facet", "Found", "Search", "matching", "search"]

MOST_TALLIED = 20_000
MOST_COUNTED = 1_000


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
    return list(_page(cursor, conditions(wanted), ordered(wanted, None, most, None))[0])


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
    where = conditions(wanted)
    if not facets:
        total = _count(cursor, where)
        counted = min(total, MOST_COUNTED)
        return _Answer(*_page(cursor, where, order), counted, more=total > MOST_COUNTED, facets={})
    scope = wanted.class_prefix
    if wanted == Search(class_prefix=scope, sort=wanted.sort) and len(scope) in SCOPES:
        total, found = counted_ahead(cursor, scope)
        return _Answer(*_page(cursor, where, order), total, more=False, facets=found)
    return _at_one_look(cursor, where, order, scope)


def _at_one_look(cursor: Cursor, where: Where, order: Ordered, scope: str) -> _Answer:
    """Page and facets from the same finds; a search too broad to be ordered as a whole is paged apart."""
    query = sql.SQL(
        "WITH hits AS MATERIALIZED (SELECT id, pinyin, numbers, {} AS score FROM instrument_index WHERE {} LIMIT {}),"
        " page AS (SELECT id, score, pinyin FROM hits WHERE {} ORDER BY {} LIMIT {})"
        " SELECT count(*) AS found, coalesce(string_agg(numbers, ''), '') AS numbers,"
        " (SELECT json_agg(page ORDER BY {}) FROM page) AS page FROM hits"
    ).format(
        order.score,
        where.sql,
        sql.Literal(MOST_TALLIED + 1),
        order.following,
        order.by,
        sql.Literal(order.limit + 1),
        order.by,
    )
    [hits] = fetch(cursor, query, [*order.score_parameters, *where.parameters, *order.parameters])
    found = tally(cursor, hits["numbers"], scope)
    if hits["found"] > MOST_TALLIED:
        return _Answer(*_page(cursor, where, order.by_name()), MOST_TALLIED, more=True, facets=found)
    ids, following = order.cut(hits["page"] or [])
    return _Answer(ids, following, hits["found"], more=False, facets=found)


def _page(cursor: Cursor, where: Where, order: Ordered) -> tuple[tuple[UUID, ...], str | None]:
    """A page alone."""
    query = sql.SQL(
        "SELECT id, score, pinyin FROM (SELECT id, pinyin, {} AS score FROM instrument_index WHERE {}) AS hits"
        " WHERE {} ORDER BY {} LIMIT {}"
    ).format(order.score, where.sql, order.following, order.by, sql.Literal(order.limit + 1))
    return order.cut(fetch(cursor, query, [*order.score_parameters, *where.parameters, *order.parameters]))


def _count(cursor: Cursor, where: Where) -> int:
    query = sql.SQL(
        "SELECT count(*) AS found FROM (SELECT 1 FROM instrument_index WHERE {} LIMIT %s) AS capped"
    ).format(where.sql)
    return int(fetch(cursor, query, [*where.parameters, MOST_COUNTED + 1])[0]["found"])
