# SPDX-License-Identifier: Apache-2.0
"""How many of what was found share a value: the class one level down, unit, place, price, and whether duty-free."""

import sys
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass

from psycopg import sql

from domain.kernel.money import yuan
from projections.instrument_index import COUNTED
from projections.paging import Cursor, Where, fetch
from projections.readmodel import Row
from projections.search import class_names

MOST_VALUES = 50
MOST_DIGITS = 6
YES_OR_NO = frozenset({"bookable", "duty_free"})
ANSWERS = {"true": ("是", "yes"), "false": ("否", "no")}


@dataclass(frozen=True, slots=True)
class Facet:
    """How many finds share a value."""

    value: str
    name_zh: str
    name_en: str
    count: int


Facets = dict[str, list[Facet]]


def counted_ahead(cursor: Cursor, scope: str) -> tuple[int, Facets]:
    """Everything public of a class, its code's first none, two, four or six digits: how many, and the facets."""
    rows = fetch(
        cursor, "SELECT dimension, value, found FROM instrument_counts WHERE scope = %s AND found > 0", (scope,)
    )
    total = sum(row["found"] for row in rows if row["dimension"] == "bookable")
    return total, named(cursor, rows)


def tally(cursor: Cursor, numbers: str, prefix: str) -> Facets:
    """Facets of finds from the numbers of their values, written one after the other; classes one level down."""
    every = array("I", bytes.fromhex(numbers))
    if sys.byteorder == "little":
        every.byteswap()
    found = Counter(every)
    rows = fetch(
        cursor, "SELECT number, dimension, value FROM instrument_values WHERE number = ANY(%s)", (list(found),)
    )
    digits = min(MOST_DIGITS, len(prefix) // 2 * 2 + 2)
    counts: Counter[tuple[str, str]] = Counter()
    for row in rows:
        of_class = row["dimension"] == "class_code"
        key = ("class", row["value"][:digits]) if of_class else (row["dimension"], row["value"])
        counts[key] += found[row["number"]]
    counts.pop(("class", ""), None)
    return named(
        cursor,
        [{"dimension": dimension, "value": value, "found": count} for (dimension, value), count in counts.items()],
    )


def named(cursor: Cursor, rows: list[Row]) -> Facets:
    """The most frequent values of each dimension with their names; price bands by price."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["dimension"]].append(row)
    most = {
        name: sorted(values, key=lambda row: (-row["found"], row["value"]))[:MOST_VALUES]
        for name, values in grouped.items()
    }
    units = _unit_names(cursor, [row["value"] for row in most.get("unit", ())])
    facets = {name: [_facet(name, row, units) for row in most.get(name, ())] for name in ("class", *COUNTED)}
    facets["price_band"].sort(key=lambda facet: int(facet.value.partition("-")[0] or -1))
    return facets


def _facet(dimension: str, row: Row, units: dict[str, tuple[str, str]]) -> Facet:
    value = row["value"]
    zh, en = ANSWERS.get(value, (value, "")) if dimension in YES_OR_NO else (value, "")
    if dimension == "price_band":
        zh, en = _band(value)
    elif dimension == "class":
        zh = class_names().get(value.ljust(MOST_DIGITS, "0"), "")
    elif dimension == "unit":
        zh, en = units.get(value, ("", ""))
    return Facet(value, zh, en, row["found"])


def _band(value: str) -> tuple[str, str]:
    """A band of prices as people read it, in yuan; its end is outside."""
    low, _, high = value.partition("-")
    if not low:
        return "未公布价格", "no price published"
    least, below = yuan(int(low)), yuan(int(high)) if high else ""
    if not below:
        return f"{least} 元起", f"¥{least} or more"
    return f"{least} 元至不满 {below} 元", f"¥{least} to below ¥{below}"


def _unit_names(cursor: Cursor, units: list[str]) -> dict[str, tuple[str, str]]:
    where = Where().holds("id = ANY(%s::uuid[])", units)
    found = fetch(
        cursor,
        sql.SQL("SELECT id, name_zh, name_en FROM instrument_units WHERE {}").format(where.sql),
        where.parameters,
    )
    return {str(row["id"]): (row["name_zh"], row["name_en"]) for row in found}
