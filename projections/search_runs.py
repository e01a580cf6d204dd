# SPDX-License-Identifier: Apache-2.0
"""Pages of a search in the order asked for.

By relevance a broad search comes in runs: first the names equal to the words, from everywhere; then the finds of some
shelves, of the next ones, and so on, each run by relevance. So a page looks at about a thousand finds, however many
there are, and whoever turns the pages sees every find once. A search that is not broad is one run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from psycopg import sql

from projections.paging import Cursor, Where
from projections.readmodel import Row
from projections.search import TITLE
from projections.search_conditions import FOUND
from projections.search_order import EQUALS, IN_RUNS, UNSCORED, Ordered
from projections.search_sample import ENOUGH, unprepared, wider, width_of, within
from projections.shelves import SHELVES

AFTER_EQUALS: Sequence[object] = (1, "", UUID(int=0))
"""Before every score but that of equal names."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first `width` shelves hold: how many finds, the numbers of their facets, and the rows after `after`."""

    width: int
    found: int
    numbers: str
    after: Sequence[object]
    rows: list[Row]


def look(cursor: Cursor, where: Where, order: Ordered, *, facets: bool) -> Seen:
    """At so many shelves that they hold enough finds, or at all. With `facets` it brings their numbers."""
    width = width_of(cursor, where)
    while True:
        seen = _look(cursor, where, order, width, facets=facets)
        if width == SHELVES or seen.found > ENOUGH:
            return seen
        width = wider(width)  # these shelves happen to hold less than others


def page_of(cursor: Cursor, where: Where, order: Ordered, seen: Seen) -> tuple[tuple[UUID, ...], str | None]:
    """The ids of a page and the token of the page that follows.

    A page that follows another keeps the width of its runs, whatever was entered in between.
    """
    if order.token is not IN_RUNS:
        return order.cut(seen.rows if seen.width == SHELVES else in_order(cursor, where, order))
    width, run = order.run or (seen.width, 0 if seen.width == SHELVES else EQUALS)
    found: list[Row] = []
    while len(found) <= order.limit and run * width < SHELVES:
        part, ordered = _run(where, order, width, run)
        known = (width, run, ordered.after) == (seen.width, 0, seen.after)
        rows = seen.rows if known else in_order(cursor, part, ordered)
        found += [row | {"width": width, "run": run} for row in rows]
        run, order = run + 1, replace(order, after=())
    return order.cut(found[: order.limit + 1])


def in_order(cursor: Cursor, where: Where, order: Ordered) -> list[Row]:
    """A page of rows and one more, where there is one."""
    query = sql.SQL(
        "SELECT id, score, pinyin FROM (SELECT id, pinyin, {} AS score FROM instrument_index WHERE {}) AS hits"
        " WHERE {} ORDER BY {} LIMIT {}"
    ).format(order.score, where.sql, order.following, order.by, sql.Literal(order.limit + 1))
    return unprepared(cursor, query, [*order.score_parameters, *where.parameters, *order.parameters])


def _run(where: Where, order: Ordered, width: int, run: int) -> tuple[Where, Ordered]:
    """The finds of a run, and their order."""
    if run == EQUALS:
        return Where([*where.parts, FOUND], [*where.parameters, [TITLE + order.whole]]), order
    begin = () if width == SHELVES else AFTER_EQUALS
    return within(where, run * width, (run + 1) * width), replace(order, after=order.after or begin)


def _look(cursor: Cursor, where: Where, order: Ordered, width: int, *, facets: bool) -> Seen:
    """One query for count, facets and rows: finding them is what takes long."""
    if order.token is IN_RUNS:
        begins = order if order.run == (width, 0) else replace(order, after=())
        part, order = _run(where, begins, width, 0)
    else:
        part = within(where, 0, width)
        order = order if width == SHELVES else replace(order, score=UNSCORED, score_parameters=(), after=())
    query = sql.SQL(
        "WITH hits AS MATERIALIZED"
        " (SELECT id, pinyin, {}::text AS numbers, {} AS score FROM instrument_index WHERE {}),"
        " page AS (SELECT id, score, pinyin FROM hits WHERE {} ORDER BY {} LIMIT {})"
        " SELECT count(*) AS found, coalesce(string_agg(numbers, ''), '') AS numbers,"
        " (SELECT json_agg(page ORDER BY {}) FROM page) AS page FROM hits"
    ).format(
        sql.SQL("numbers" if facets else "NULL"),
        order.score,
        part.sql,
        order.following,
        order.by,
        sql.Literal(order.limit + 1),
        order.by,
    )
    [hits] = unprepared(cursor, query, [*order.score_parameters, *part.parameters, *order.parameters])
    return Seen(width, hits["found"], hits["numbers"], order.after, hits["page"] or [])
