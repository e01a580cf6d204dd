# SPDX-License-Identifier: Apache-2.0
"""Searching the catalogue: words in Chinese, Latin or pinyin initials, filters, and how many there are of each kind."""

from dataclasses import dataclass
from uuid import UUID

from psycopg import sql

from projections.instruments import FOR_SEARCH_ALONE, INSTRUMENTS, MODEL, PUBLIC_STATES
from projections.paging import Cursor, Keyset, Where, fetch, read_page
from projections.readmodel import Row
from projections.search import Word, class_names, words_of

MOST_COUNTED = 1_000
ORDER = Keyset(("pinyin", "id"))
OF_UNITS_NAMED = sql.SQL("unit = ANY(ARRAY(SELECT id FROM instrument_units WHERE folded LIKE %s))")
HIDDEN = FOR_SEARCH_ALONE - {"pinyin"}  # the page token needs the pinyin


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for; None and empty ask nothing.

    `class_prefix` is the beginning of a class code; prices in fen. Rows of `own_unit` are found in every state, all
    others only while public.
    """

    text: str = ""
    class_prefix: str = ""
    unit: UUID | None = None
    city: str | None = None
    type: str | None = None
    bookable: bool | None = None
    state: str | None = None
    lowest_price_fen: int | None = None
    highest_price_fen: int | None = None
    own_unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """How many finds share a value."""

    value: str
    name_zh: str
    name_en: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """A page of instruments. `total` is counted up to 1,000; `more` says that there are more than counted."""

    rows: list[Row]
    next: str | None
    position: int
    total: int
    more: bool
    facets: dict[str, list[Facet]]


def search(cursor: Cursor, wanted: Search, *, after: str | None = None, limit: int = 20) -> Found:
    """Instruments in the order of their pinyin. Raises `InvalidPageToken`."""
    where = conditions(wanted)
    page = read_page(cursor, MODEL.name, INSTRUMENTS, where, ORDER, after=after, limit=limit, without=HIDDEN)
    count = _count(cursor, where)
    facets = {
        "class": _class_facet(cursor, where, wanted.class_prefix),
        "unit": _unit_facet(cursor, where),
        "city": _city_facet(cursor, where),
    }
    rows = _named(cursor, page.rows)
    return Found(rows, page.next, page.position, min(count, MOST_COUNTED), count > MOST_COUNTED, facets)


def conditions(wanted: Search) -> Where:
    """The conditions of a search, words included."""
    where = Where().equals(
        unit=wanted.unit, city=wanted.city, type=wanted.type, bookable=wanted.bookable, state=wanted.state
    )
    where.holds("starts_with(class_code, %s)", wanted.class_prefix or None)
    where.holds("price_fen >= %s", wanted.lowest_price_fen)
    where.holds("price_fen <= %s", wanted.highest_price_fen)
    for word in words_of(wanted.text):
        _look_for(where, word)
    if wanted.own_unit is None:
        return where.one_of("state", PUBLIC_STATES)
    return where.holds("(state = ANY(%s) OR unit = %s)", list(PUBLIC_STATES), wanted.own_unit)


def _look_for(where: Where, word: Word) -> None:
    """In the instrument's own words or its unit's. Each way has an index: the server joins bitmaps, reads no table."""
    ways = [grams for grams in (word.grams, word.initials, word.spelt) if grams]
    own = sql.SQL("({})").format(sql.SQL(" OR ").join([sql.SQL("grams @> %s::text[]")] * len(ways)))
    parameters: list[object] = [*ways]
    pattern = f"%{word.folded}%"
    if not word.exact:
        own += sql.SQL(" AND folded LIKE %s")
        parameters.append(pattern)
    if word.names_units:
        own = sql.SQL("({} OR {})").format(own, OF_UNITS_NAMED)
        parameters.append(pattern)
    where.parts.append(own)
    where.parameters.extend(parameters)


def _count(cursor: Cursor, where: Where) -> int:
    query = sql.SQL("SELECT count(*) AS found FROM (SELECT 1 FROM instruments WHERE {} LIMIT %s) AS capped").format(
        where.sql
    )
    return int(fetch(cursor, query, [*where.parameters, MOST_COUNTED + 1])[0]["found"])


def _class_facet(cursor: Cursor, where: Where, prefix: str) -> list[Facet]:
    """Classes one level below the prefix; their codes have two digits a level."""
    digits = min(6, len(prefix) // 2 * 2 + 2)
    query = sql.SQL(
        "SELECT left(class_code, %s) AS value, count(*) AS found FROM instruments"
        " WHERE class_code <> '' AND {} GROUP BY 1 ORDER BY found DESC, value LIMIT 50"
    ).format(where.sql)
    return [
        Facet(row["value"], class_names().get(row["value"].ljust(6, "0"), ""), "", row["found"])
        for row in fetch(cursor, query, [digits, *where.parameters])
    ]


def _unit_facet(cursor: Cursor, where: Where) -> list[Facet]:
    query = sql.SQL(
        "SELECT found.unit, found.found, u.name_zh, u.name_en FROM"
        " (SELECT unit, count(*) AS found FROM instruments WHERE {} GROUP BY unit) AS found"
        " LEFT JOIN instrument_units u ON u.id = found.unit ORDER BY found.found DESC, found.unit LIMIT 50"
    ).format(where.sql)
    return [
        Facet(str(row["unit"]), row["name_zh"] or "", row["name_en"] or "", row["found"])
        for row in fetch(cursor, query, where.parameters)
    ]


def _city_facet(cursor: Cursor, where: Where) -> list[Facet]:
    query = sql.SQL(
        "SELECT city AS value, count(*) AS found FROM instruments WHERE {} GROUP BY city"
        " ORDER BY found DESC, value LIMIT 50"
    ).format(where.sql)
    return [Facet(row["value"], row["value"], "", row["found"]) for row in fetch(cursor, query, where.parameters)]


def _named(cursor: Cursor, rows: list[Row]) -> list[Row]:
    units = list({row["unit"] for row in rows})
    found = fetch(cursor, "SELECT id, name_zh, name_en FROM instrument_units WHERE id = ANY(%s)", (units,))
    names = {row["id"]: row for row in found}
    nameless = {"name_zh": "", "name_en": ""}
    return [
        row
        | {"unit_name_zh": names.get(row["unit"], nameless)["name_zh"]}
        | {"unit_name_en": names.get(row["unit"], nameless)["name_en"]}
        for row in rows
    ]
