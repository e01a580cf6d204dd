# SPDX-License-Identifier: Apache-2.0
"""What a search looks at: one narrow row for each resource, and counts of what is public under each class.

The counts answer the questions that nobody narrows (everything, everything of a class) without looking at the rows.
Every value of a facet has a number; a row holds the numbers of its own, so that thousands of rows are counted at once.
`revision` changes with every change of what a search could find, so that answers may be remembered until then.
"""

from collections.abc import Iterator

from domain.kernel.event import Recorded
from projections.handlers import known, new_row
from projections.readmodel import Row, Rows, Table
from projections.search import class_path, fold, searchable, sort_key
from projections.shelves import shelf_grams

PUBLIC_STATES = ("published", "suspended")
UNPRICED = 2**62
"""Sorts behind every price."""
PRICE_STEPS_FEN = (0, 10_000, 30_000, 50_000, 100_000, 300_000)
"""Where price bands begin: 100, 300, 500, 1,000 and 3,000 yuan."""
INDEX = Table(
    "instrument_index",
    ("id",),
    {
        "id": "uuid",
        "unit": "uuid",
        "state": "text",
        "type": "text",
        "bookable": "boolean",
        "duty_free": "boolean",
        "city": "text",
        "district": "text",
        "class_code": "text",
        "price_fen": "bigint",
        "price_order": "bigint",  # never null
        "price_band": "text",  # "10000-30000": fen, half-open; empty where there is no price
        "numbers": "text",  # of its values of facets: eight hexadecimal digits each
        "rated_minutes": "bigint",  # a year, of the latest opening; 0 where there is none
        "titles": "text",  # names and model between line feeds, folded: what relevance looks at
        "pinyin": "text",
        "grams": "text[]",  # of its words, and the shelf it stands on
        "folded": "text",
    },
    (
        "USING gin (grams) WITH (fastupdate = off)",
        '(pinyin COLLATE "C", id)',
        "(unit)",
        '(class_code COLLATE "C")',
        '(price_order, pinyin COLLATE "C", id)',
        "(city, district)",
        "(city) WHERE duty_free",
    ),
)
COUNTS = Table(
    "instrument_counts",
    ("scope", "dimension", "value"),
    {"scope": "text", "dimension": "text", "value": "text", "found": "bigint"},
)
"""How many public resources share a value; `scope` is the class they are of; its empty beginning is everything."""
VALUES = Table(
    "instrument_values",
    ("dimension", "value"),
    {"dimension": "text", "value": "text", "number": "bigint"},
    ("(number)",),
)
REVISION = Table("instrument_revision", ("one",), {"one": "bigint", "revision": "bigint", "last_number": "bigint"})
TABLES = (INDEX, COUNTS, VALUES, REVISION)
COPIED = ("id", "unit", "state", "type", "bookable", "duty_free", "city", "district", "class_code", "price_fen")
SCOPES = (0, 2, 4, 6)
"""Digits of the classes under which everything public is counted ahead."""
COUNTED = ("unit", "city", "district", "type", "price_band", "bookable", "duty_free")
"""Facets beside the class."""


def index_words(rows: Rows, row: Row) -> None:
    """Make or renew the entry of a row of the catalogue whose names, numbers, class or place have changed."""
    names = row["name_zh"], row["name_en"], row["model"]
    places = row["city"], row["district"]
    found = searchable(
        [*names, *row["aliases"], row["manufacturer"], row["asset_number"], *class_path(row["class_code"]), *places],
        titles=names,
    )
    titles = "\n".join(["", *filter(None, map(fold, names)), ""])
    grams = [*found.grams, *shelf_grams(row["id"])]
    words = {"titles": titles, "pinyin": sort_key(row["name_zh"]), "grams": grams, "folded": found.folded}
    before = rows.get(INDEX, row["id"])
    _replace(rows, before, (before or new_row(INDEX)) | _attributes(row) | words)


def index_attributes(_event: object, recorded: Recorded, rows: Rows, *, table: Table) -> None:
    """Bring the entry up to what the stream's row of the catalogue `table` says; its words stay."""
    before = known(rows, INDEX, recorded.stream)
    _replace(rows, before, before | _attributes(known(rows, table, recorded.stream)))


def touch(rows: Rows) -> None:
    """Say that remembered answers are out of date."""
    rows.add(REVISION, 1, revision=1)


def band_of(price_fen: int | None) -> str:
    """The price band: "10000-30000" holds 100 yuan and less than 300, the last one has no end."""
    if price_fen is None:
        return ""
    begins = max(step for step in PRICE_STEPS_FEN if step <= max(price_fen, 0))
    place = PRICE_STEPS_FEN.index(begins) + 1
    return f"{begins}-{PRICE_STEPS_FEN[place] if place < len(PRICE_STEPS_FEN) else ''}"


def _attributes(row: Row) -> Row:
    price = row["price_fen"]
    return {name: row[name] for name in COPIED} | {
        "price_order": UNPRICED if price is None else price,
        "price_band": band_of(price),
        "rated_minutes": row["openings"][-1]["rated_minutes_per_year"] if row["openings"] else 0,
    }


def _replace(rows: Rows, before: Row | None, entry: Row) -> None:
    entry["numbers"] = "".join(f"{_number(rows, name, as_value(entry[name])):08x}" for name in (*COUNTED, "class_code"))
    if before == entry:
        return
    rows.put(INDEX, entry)
    old, new = set(_counted(before)), set(_counted(entry))
    for key in old - new:
        rows.add(COUNTS, *key, found=-1)
    for key in new - old:
        rows.add(COUNTS, *key, found=1)
    touch(rows)


def _number(rows: Rows, dimension: str, value: str) -> int:
    """The number of a value: the next one where it was never seen before."""
    known_value = rows.get(VALUES, dimension, value)
    if known_value is not None:
        return int(known_value["number"])
    rows.add(REVISION, 1, last_number=1)
    number = int(known(rows, REVISION, 1)["last_number"])
    rows.put(VALUES, {"dimension": dimension, "value": value, "number": number})
    return number


def _counted(entry: Row | None) -> Iterator[tuple[str, str, str]]:
    """Under which scopes, dimensions and values a public resource counts."""
    if entry is None or entry["state"] not in PUBLIC_STATES:
        return
    code = entry["class_code"]
    for digits in SCOPES:
        if len(code) < digits:
            return
        for dimension in COUNTED:
            yield code[:digits], dimension, as_value(entry[dimension])
        if code:
            yield code[:digits], "class", code[: min(digits, 4) + 2]


def as_value(value: object) -> str:
    """A value as a facet shows it, the same as the server's cast to text."""
    return str(value).lower() if isinstance(value, bool) else str(value)
