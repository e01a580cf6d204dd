# SPDX-License-Identifier: Apache-2.0
"""Which column of a ledger means what, and in what money it counts."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from infrastructure.importing.mapping import DEFAULT, load_mapping
from infrastructure.importing.particulars import FUNDING
from infrastructure.importing.tables import normalised

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REQUIRED = ("asset_number", "name", "value")
_UNIT = re.compile(r"[(\[/,:]?(?:单位[:：]?)?(?:人民币)?(万元|千元|亿元|元)[)\]]?$")
_STATED = re.compile(r"单位[:：]?(?:人民币)?(万元|千元|亿元|元)")


@dataclass(frozen=True)
class Vocabulary:
    """Names of columns, and what words in them mean."""

    columns: dict[str, tuple[str, ...]]
    categories: dict[str, bool]
    sources: dict[str, str]


@dataclass(frozen=True)
class Columns:
    """The columns of one sheet: each field's place, the header as it stands there, and the unit of amounts."""

    places: dict[str, int]
    headers: tuple[str, ...]
    units: dict[str, str]
    stated: str = "元"

    def unit(self, field: str) -> str:
        """The unit of a column of money: its own, else the one the title states, else yuan."""
        return self.units.get(field, self.stated)

    def header(self, field: str) -> str:
        """The header of a field as the file has it."""
        return self.headers[self.places[field]] if field in self.places else ""

    @property
    def missing(self) -> list[str]:
        """Fields that every line needs and the sheet has no column for. A unit price and a number make a value."""
        return [name for name in REQUIRED if name not in self.places and not (name == "value" and self.priced)]

    @property
    def priced(self) -> bool:
        """Whether the value of a line can be reckoned where the sheet does not state it."""
        return "unit_price" in self.places and "quantity" in self.places

    @property
    def unused(self) -> tuple[str, ...]:
        """Columns that are not read."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.headers) if name and place not in used)


@cache
def vocabulary() -> Vocabulary:
    """The names that come with the product."""
    found = tomllib.loads(files(__package__).joinpath("columns.toml").read_text("utf-8"))
    kinds = {word: kind == "equipment" for kind, words in found["categories"].items() for word in words}
    named = load_mapping(DEFAULT).values["funding_source"]
    return Vocabulary(
        {name: tuple(map(bare, headers)) for name, headers in found["columns"].items()},
        {normalised(word): kind for word, kind in kinds.items()},
        {normalised(word): source for word, source in named.items()}
        | {normalised(word): source for source, words in found["sources"].items() for word in words}
        | {source: source for source in FUNDING},
    )


def bare(header: str) -> str:
    """A header as it is compared: without the unit of money at its end."""
    return _UNIT.sub("", normalised(header))


def columns_of(cells: Iterable[str], titles: Iterable[str], named: Mapping[str, str]) -> Columns | None:
    """The columns of a header line under its `titles`; None where the line has no asset number. `named` goes first."""
    headers = tuple(cell.strip() for cell in cells)
    place_of = {name: place for place, name in reversed(list(enumerate(map(bare, headers)))) if name}
    known = vocabulary().columns | {field: (bare(header),) for field, header in named.items()}
    places = {
        field: next(place_of[name] for name in names if name in place_of)
        for field, names in known.items()
        if any(name in place_of for name in names)
    }
    if "asset_number" not in places:
        return None
    found = {
        field: _UNIT.search(normalised(headers[places[field]])) for field in ("value", "unit_price") if field in places
    }
    units: dict[str, str] = {field: match[1] for field, match in found.items() if match}
    stated = next((match[1] for title in titles if (match := _STATED.search(normalised(title)))), "元")
    return Columns(places, headers, units, stated)
