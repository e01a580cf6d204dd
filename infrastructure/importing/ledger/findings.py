# SPDX-License-Identifier: Apache-2.0
"""What was found in a ledger file: where exactly, what stands there, what is wrong with it, and what to do."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from openpyxl.utils import get_column_letter

from infrastructure.importing.outcome import harmless
from infrastructure.importing.problems import Problem, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

Weight = Literal["refused", "left_empty", "read_so"]
"""The line was refused; the cell counts as empty and the line was taken; the cell was read otherwise than it stands."""


@dataclass(frozen=True)
class Finding:
    """One thing to know about one line. `column` is empty where the whole line is meant."""

    weight: Weight
    file: str
    sheet: str
    line: int
    column: str
    asset_number: str
    value: str
    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Place:
    """Where in a file something stands."""

    file: str
    sheet: str
    line: int
    asset_number: str = ""

    def finding(self, weight: Weight, code: str, *, column: str = "", value: str = "", **more: str) -> Finding:
        """What was found here, in words of both languages."""
        problem = Problem(code, column, {"value": value, **more})
        zh, en = (in_words(problem, language) for language in ("zh", "en"))
        return Finding(
            weight, self.file, self.sheet, self.line, column, self.asset_number, value, f"import.{code}", zh, en
        )


@dataclass(frozen=True)
class Taken:
    """What a ledger became: how many of its lines were read, and what they changed beside the former ledger."""

    file: str
    jurisdiction: str
    unit: str
    as_of: date
    dry_run: bool
    unchanged: bool
    former_as_of: date | None
    lines_read: int
    total_fen: int
    passed_over: int
    sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    unused_columns: tuple[str, ...]
    changes: dict[str, Any] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def count(self, weight: Weight) -> int:
        """How many lines have findings of one weight."""
        return len({(found.sheet, found.line) for found in self.findings if found.weight == weight})

    @property
    def kinds(self) -> dict[str, int]:
        """How often each finding occurs."""
        return dict(Counter(found.code for found in self.findings).most_common())

    def as_dict(self) -> dict[str, Any]:
        """The document of `--json`."""
        counts = {f"lines_{weight}": self.count(weight) for weight in ("refused", "left_empty", "read_so")}
        return asdict(self) | counts | {"kinds": self.kinds}


def column_name(place: int, header: str, *, lettered: bool) -> str:
    """A column as a person finds it: its letter in a workbook, and its header."""
    return f"{get_column_letter(place + 1)} {header}".strip() if lettered else header


def refused_numbers(findings: Iterable[Finding]) -> tuple[tuple[str, ...], int]:
    """Asset numbers legible on refused lines, and how many refused lines show none."""
    lines = {(found.sheet, found.line): found.asset_number for found in findings if found.weight == "refused"}
    numbers = dict.fromkeys(number for number in lines.values() if number)
    return tuple(numbers), sum(not number for number in lines.values())


def write_findings(path: Path, findings: Iterable[Finding]) -> None:
    """A CSV with one row for each finding, with the mark by which Excel knows UTF-8."""
    names = [each.name for each in fields(Finding)]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([harmless(str(getattr(found, name))) for name in names] for found in findings)
