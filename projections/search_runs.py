# SPDX-License-Identifier: Apache-2.0
"""Pages of a search in the order asked for.

By relevance a broad search comes in runs: first the names equal to the words, from everywhere; then the finds of some
shelves, of the next ones, and so on, each run by relevance. So a page looks at about a thousand finds, however many
there are, and whoever turns the pages sees every find once. A search that is not broad is one run.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from psycopg import sql

from projections.instrument_index import SHELVES
from projections.paging import Cursor, Where
from projections.readmodel import Row
from projections.search import TITLE
from projections.search_conditions import FOUND
from projections.search_order import EQUALS, IN_RUNS, Ordered
from projections.search_shelves import unprepared, within

AFTER_EQUALS: Sequence[object] = (1, "", UUID(int=0))
"""Before every score but that of equal names."""


def page_of(cursor: Cursor, where: Where, order: Ordered, width: int) -> tuple[tuple[UUID, ...], str | None]:
    """The ids of a page and the token of the page that follows; runs are of `width` shelves.

    A page that follows another keeps the width of that one, whatever was entered in between.
    """
    if order.token is not IN_RUNS:
        return order.cut(_rows(cursor, where, order))
    width, run = order.run or (width, 0 if width == SHELVES else EQUALS)
    found: list[Row] = []
    while len(found) <= order.limit and run * width < SHELVES:
        rows = _rows(cursor, *_run(where, order, width, run))
        found += [row | {"width": width, "run": run} for row in rows]
        run, order = run + 1, replace(order, after=())
    return order.cut(found[: order.limit + 1])


def _run(where: Where, order: Ordered, width: int, run: int) -> tuple[Where, Ordered]:
    """The finds of a run, and their order."""
    if run == EQUALS:
        equal = Where([*where.parts, FOUND], [*where.parameters, [TITLE + order.whole]])
        return equal, order
    begin = () if width == SHELVES else AFTER_EQUALS
    return within(where, run * width, (run + 1) * width), replace(order, after=order.after or begin)


def _rows(cursor: Cursor, where: Where, order: Ordered) -> list[Row]:
    """A page of rows and one more, where there is one."""
    query = sql.SQL(
        "SELECT id, score, pinyin FROM (SELECT id, pinyin, {} AS score FROM instrument_index WHERE {}) AS hits"
        " WHERE {} ORDER BY {} LIMIT {}"
    ).format(order.score, where.sql, order.following, order.by, sql.Literal(order.limit + 1))
    return unprepared(cursor, query, [*order.score_parameters, *where.parameters, *order.parameters])
