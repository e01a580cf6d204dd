# SPDX-License-Identifier: Apache-2.0
"""The regimes, row by row, against the table of parameters that stands beside this tree."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from infrastructure.policy.describing import plain
from tests.domain.editions import CHONGQING, JIANGSU

if TYPE_CHECKING:
    from domain.policy import Edition

SOURCE = Path(__file__).parents[4] / "shared" / "regulations" / "03-parameters.md"
pytestmark = pytest.mark.skipif(not SOURCE.exists(), reason="the table of parameters is not beside this tree")
ROW = re.compile(r"^\| `(?P<name>[a-z_.]+)` \| `(?P<js>.*?)` \| `(?P<cq>.*?)` \| (?P<rest>.*)\|$", re.MULTILINE)
QUOTED = re.compile(r"「(.*?)」")
PLACE = re.compile(r"(?:(JS|CQ) )?(\d+|A)\b")
PREFIXES = {JIANGSU.regime: "JS", CHONGQING.regime: "CQ"}
BOTH = pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    name: str
    values: dict[str, Any]
    unit: str
    articles: str
    origin: str
    quotations: tuple[str, ...]

    def places(self, prefix: str) -> set[str]:
        """The articles named of one regulation: "JS 25, 27; CQ 23" are JS 25 and JS 27."""
        found, current = set(), ""
        for named, number in PLACE.findall(self.articles):
            current = named or current
            if current == prefix:
                found.add(f"{prefix} {number}")
        return found


def table() -> dict[str, Row]:
    if not SOURCE.exists():
        return {}
    rows = {}
    for match in ROW.finditer(SOURCE.read_text(encoding="utf-8")):
        unit, articles, origin, note = (cell.strip() for cell in match["rest"].split("|"))
        values = {
            JIANGSU.regime: json.loads(match["js"], parse_float=Decimal),
            CHONGQING.regime: json.loads(match["cq"], parse_float=Decimal),
        }
        rows[match["name"]] = Row(match["name"], values, unit, articles, origin, tuple(QUOTED.findall(note)))
    return rows


ROWS = table()


def test_the_table_is_read_whole() -> None:
    assert len(ROWS) == 139


@BOTH
@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_there_as_it_stands(edition: Edition, name: str) -> None:
    row, item = ROWS[name], edition.parameter(name)
    assert (item.unit, item.origin) == (row.unit, row.origin)
    said = row.values[edition.regime]
    assert plain(item.value) == plain(said)
    assert item.silent is (said is None)


@BOTH
@pytest.mark.parametrize("name", ROWS)
def test_a_row_cites_the_same_articles(edition: Edition, name: str) -> None:
    row, item = ROWS[name], edition.parameter(name)
    prefix = PREFIXES[edition.regime]
    numbered = {re.sub(r"[(.].*", "", place) for place in item.articles if re.search(r" (\d+|A)", place)}
    assert row.places(prefix) <= numbered


@pytest.mark.parametrize("name", [name for name, row in ROWS.items() if row.quotations])
def test_a_row_quotes_the_same_words(name: str) -> None:
    quoted = [edition.parameter(name).quotation for edition in (JIANGSU, CHONGQING)]
    missing = [words for words in ROWS[name].quotations if not any(words in each for each in quoted)]
    assert missing == []


@BOTH
def test_what_stands_in_no_row_says_what_it_rests_on(edition: Edition) -> None:
    for name in edition.parameters.keys() - ROWS.keys():
        item = edition.parameter(name)
        assert item.origin != "T", name
        assert item.choice or item.articles or item.note, name
