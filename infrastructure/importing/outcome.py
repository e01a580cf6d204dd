# SPDX-License-Identifier: Apache-2.0
"""What became of each line, and the whole on one page."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Fate = Literal["taken", "already_there", "refused"]
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Reason:
    """Why a line was refused, in both languages. `field` is empty where the whole line is meant."""

    field: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Outcome:
    """What became of one line."""

    line: int
    asset_number: str
    fate: Fate
    resource: str | None = None
    opening: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Summary:
    """What became of a file. `unknown_columns` are columns that the mapping does not use."""

    file: str
    mapping: str
    jurisdiction: str
    unit: str
    dry_run: bool
    unknown_columns: tuple[str, ...]
    outcomes: tuple[Outcome, ...]

    def count(self, fate: Fate) -> int:
        """How many lines had one fate."""
        return sum(outcome.fate == fate for outcome in self.outcomes)

    @property
    def unopened(self) -> int:
        """How many lines were taken, but not their opening hours."""
        return sum(outcome.fate != "refused" and bool(outcome.reasons) for outcome in self.outcomes)

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        document = asdict(self)
        lines = document.pop("outcomes")
        counts = {"taken": self.count("taken"), "already_there": self.count("already_there")}
        return document | counts | {"refused": self.count("refused"), "unopened": self.unopened, "lines": lines}


def write_report(path: Path, outcomes: Iterable[Outcome]) -> None:
    """A CSV with one row for each line and reason, with the mark by which Excel knows UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "asset_number", "fate", "field", "code", "reason_zh", "reason_en"])
        for outcome in outcomes:
            for reason in outcome.reasons or (Reason("", "", "", ""),):
                row = [outcome.asset_number, outcome.fate, reason.field, reason.code, reason.zh, reason.en]
                writer.writerow([outcome.line, *map(harmless, row)])


def harmless(text: str) -> str:
    """Text from a stranger's file must not become a formula in a spreadsheet."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) else text
