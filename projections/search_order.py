# SPDX-License-Identifier: Apache-2.0
"""The orders of a search: by relevance, name, price or use. Every order ends in pinyin and id, so none is ambiguous.

By relevance a broad search is ordered in runs (`search_runs`): only then is a page found without looking at all finds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import sql

from projections.paging import InvalidPageToken, Keyset, decode_token, encode_token
from projections.readmodel import Table
from projections.search import fold, words_of
from projections.search_conditions import Search, Sort
from projections.shelves import SHELVES

UNSCORED: sql.Composable = sql.SQL("0::bigint")
KEYS = Table("keys", ("id",), {"width": "bigint", "run": "bigint", "score": "bigint", "pinyin": "text", "id": "uuid"})
BY_NAME, BY_SCORE = Keyset(("pinyin", "id")), Keyset(("score", "pinyin", "id"))
EQUALS = -1
"""The run before the first: names equal to the words, wherever they stand."""
IN_RUNS = Keyset(("width", "run", *BY_SCORE.columns))
DEFINITION: Mapping[Sort, dict[str, str]] = {
    "relevance": {
        "zh": "名称或型号与所查完全相同者最先，其次为以其开头、包含全部、名称型号或所在地包含每个词，最后为别名、分类或"
        "单位相符；同级按拼音。结果过多时，名称完全相同者之后按目录的固定分组依次排列，每组约一千条，组内次序同上",
        "en": "Names and models equal to the words first, then those that begin with them, contain them, or contain"
        " each of them or stand there, and last those found by alias, class or unit; equals by pinyin. Where very many"
        " are found, fixed groups of about a thousand follow the equal names, each in this order",
    },
    "name": {"zh": "按名称拼音", "en": "By the pinyin of the name"},
    "price": {
        "zh": "按对外最低价（分）升序，未定价者最后；同价按拼音",
        "en": "By the cheapest price for outside users in fen, without a price last; equals by pinyin",
    },
    "utilisation": {
        "zh": "按近十二个月（含本月）使用机时 ÷ 年额定机时降序（裁定 8.25）；同值按拼音",
        "en": "By used minutes of the twelve months up to this one ÷ rated minutes of a year, highest first (ruling"
        " 8.25); equals by pinyin",
    },
}


@dataclass(frozen=True)
class Ordered:
    """One page of an order: `score` sorts ascending before pinyin and id; `lasts` until the catalogue changes.

    `keys` are what rows are ordered by, `token` what a page token holds. By relevance `whole` is what equal names say,
    and `run` where the page begins: how many shelves a run has, and its number.
    """

    keys: Keyset
    token: Keyset
    limit: int
    whole: str = ""
    run: tuple[int, int] | None = None
    score: sql.Composable = field(default_factory=lambda: UNSCORED)
    score_parameters: Sequence[object] = ()
    after: Sequence[object] = ()
    lasts: bool = True

    @property
    def by(self) -> sql.Composable:
        """The columns to order by."""
        return sql.SQL(", ").join(map(_column, self.keys.columns))

    @property
    def following(self) -> sql.Composable:
        """The condition that a row comes after the page before."""
        if not self.after:
            return sql.SQL("TRUE")
        marks = sql.SQL(", ").join([sql.SQL("%s")] * len(self.after))
        return sql.SQL("({}) > ({})").format(self.by, marks)

    @property
    def parameters(self) -> Sequence[object]:
        """What `following` asks with."""
        return self.after

    def cut(self, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[UUID, ...], str | None]:
        """The ids of the page and the token of the page that follows, from one row too many."""
        following = encode_token(self.token, dict(rows[self.limit - 1])) if len(rows) > self.limit else None
        return tuple(UUID(str(row["id"])) for row in rows[: self.limit]), following


def order_of(wanted: Search) -> Sort:
    """The order of a search; there is no relevance without words."""
    if wanted.sort is None or wanted.sort == "relevance":
        return "relevance" if words_of(wanted.text) else "name"
    return wanted.sort


def ordered(wanted: Search, after: str | None, limit: int, since: date | None) -> Ordered:
    """The order a search asks for, from the token `after` on. Raises `InvalidPageToken`."""
    sort, words = order_of(wanted), [word.folded for word in words_of(wanted.text)]
    if sort == "relevance":
        order = _relevance(fold(wanted.text), words, limit)
    elif sort == "price":
        order = Ordered(BY_SCORE, BY_SCORE, limit, score=sql.SQL("price_order"))
    elif sort == "utilisation":
        order = Ordered(BY_SCORE, BY_SCORE, limit, score=USE, score_parameters=(since or date.min,), lasts=False)
    else:
        order = Ordered(BY_NAME, BY_NAME, limit)
    if after is None:
        return order
    values = decode_token(KEYS, order.token, after)
    if order.token is not IN_RUNS:
        return replace(order, after=values)
    width, run, *after_row = values
    if not (isinstance(width, int) and isinstance(run, int) and 0 < width <= SHELVES and EQUALS <= run < SHELVES):
        raise InvalidPageToken(after)
    return replace(order, run=(width, run), after=after_row)


USE = sql.SQL(
    "-coalesce((SELECT sum(used_minutes) FROM utilisation_usage WHERE resource = instrument_index.id AND month >= %s)"
    " * 1000000 / nullif(rated_minutes, 0), 0)::bigint"
)
"""Used minutes to a million rated ones."""


def _relevance(whole: str, words: Sequence[str], limit: int) -> Ordered:
    """Five steps: equal, beginning, containing, containing each word, found otherwise."""
    each = sql.SQL(" AND ").join([sql.SQL("strpos(titles || city || district, %s) > 0")] * len(words))
    score = sql.SQL(
        "(CASE WHEN strpos(titles, %s) > 0 THEN 0 WHEN strpos(titles, %s) > 0 THEN 1 WHEN strpos(titles, %s) > 0"
        " THEN 2 WHEN {} THEN 3 ELSE 4 END)::bigint"
    ).format(each)
    return Ordered(
        BY_SCORE, IN_RUNS, limit, whole, score=score, score_parameters=(f"\n{whole}\n", f"\n{whole}", whole, *words)
    )


def _column(name: str) -> sql.Composable:
    column = sql.Identifier(name)
    return column + sql.SQL(' COLLATE "C"') if KEYS.columns[name] == "text" else column
