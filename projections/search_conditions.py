# SPDX-License-Identifier: Apache-2.0
"""What a person looks for, and the conditions that find it in the index."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from psycopg import sql

from projections.instrument_index import PUBLIC_STATES
from projections.paging import Cursor, Where, fetch
from projections.search import Word, words_of

Sort = Literal["relevance", "name", "price", "utilisation"]
FOUND_BY_ANY = sql.SQL("grams && %s::text[]")
FOUND, CONFIRMED, OF_UNITS = sql.SQL("grams @> %s::text[]"), sql.SQL("folded LIKE %s"), sql.SQL("unit = ANY(%s)")
Way = tuple[sql.SQL, object]
"""A condition that finds a word, and what it asks with."""


@dataclass(frozen=True, slots=True)
class Search:
    """What a person looks for; None and empty ask nothing.

    `class_prefix` is the beginning of a class code; prices in fen. Rows of `own_unit` are found in every state, all
    others only while public. `sort` None is by relevance where words are looked for, else by name. `among` keeps to
    some instruments.
    """

    text: str = ""
    class_prefix: str = ""
    unit: UUID | None = None
    city: str | None = None
    district: str | None = None
    type: str | None = None
    bookable: bool | None = None
    duty_free: bool | None = None
    state: str | None = None
    lowest_price_fen: int | None = None
    highest_price_fen: int | None = None
    own_unit: UUID | None = None
    sort: Sort | None = None
    among: tuple[UUID, ...] | None = None


def conditions(cursor: Cursor, wanted: Search) -> Where:
    """The conditions of a search on `instrument_index`, words included."""
    where = Where().equals(
        unit=wanted.unit,
        city=wanted.city,
        district=wanted.district,
        type=wanted.type,
        bookable=wanted.bookable,
        duty_free=wanted.duty_free,
        state=wanted.state,
    )
    if wanted.class_prefix:
        where.holds(
            'class_code COLLATE "C" >= %s AND class_code COLLATE "C" < %s',
            wanted.class_prefix,
            wanted.class_prefix + ":",  # the character after the digits
        )
    if wanted.among is not None:
        where.holds("id = ANY(%s)", list(wanted.among))
    where.holds("price_fen >= %s", wanted.lowest_price_fen)
    where.holds("price_fen <= %s", wanted.highest_price_fen)
    for word in words_of(wanted.text):
        _look_for(where, word, _units_named(cursor, word))
    if wanted.own_unit is None:
        return where.one_of("state", PUBLIC_STATES)
    return where.holds("(state = ANY(%s) OR unit = %s)", list(PUBLIC_STATES), wanted.own_unit)


def _units_named(cursor: Cursor, word: Word) -> list[UUID]:
    """Found ahead: the server plans a search otherwise where a word names most units than where it names none."""
    if not word.names_units:
        return []
    named = "SELECT id FROM instrument_units WHERE folded LIKE %s ORDER BY id"
    return [row["id"] for row in fetch(cursor, named, (f"%{word.folded}%",))]


def _look_for(where: Where, word: Word, units: list[UUID]) -> None:
    """In the instrument's own words or its unit's. Each way has an index: the server joins bitmaps, reads no table.

    Two conditions, so that the server asks the dear one (grams) of the index alone and the cheap one of the rows. What
    is cheap stands first: where the server does look at rows, it looks in this order.
    """
    named: list[Way] = [(OF_UNITS, units)] if units else []
    confirmed: list[Way] = [] if word.exact else [(CONFIRMED, f"%{word.folded}%")]
    grams = [each for each in (word.grams, word.initials, word.spelt) if each]
    found: list[Way] = [(FOUND, each) for each in grams]
    if max(map(len, grams)) == 1:  # one look at the index instead of one for each
        found = [(FOUND_BY_ANY, [gram for each in grams for gram in each])]
    for ways in filter(None, (confirmed, found)):
        where.parts.append(_either([condition for condition, _ in (*named, *ways)]))
        where.parameters.extend(value for _, value in (*named, *ways))


def _either(parts: list[sql.SQL]) -> sql.Composed:
    return sql.SQL("({})").format(sql.SQL(" OR ").join(parts))
