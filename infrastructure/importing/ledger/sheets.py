# SPDX-License-Identifier: Apache-2.0
"""Where the ledger is in a file: every visible sheet with a header, what stands above it left aside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from infrastructure.importing.delimited import lines_of_other_encoding, read_delimited
from infrastructure.importing.ledger.columns import Columns, columns_of, vocabulary
from infrastructure.importing.lines import HEADER_WITHIN, Line
from infrastructure.importing.problems import FileRefused
from infrastructure.importing.tables import is_workbook, require_readable
from infrastructure.importing.workbook import Area, Sheet, read_sheets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class LedgerSheet:
    """The lines below a header. `lettered` says that columns have letters; `odd` are lines of another encoding."""

    name: str
    columns: Columns
    lines: list[Line]
    areas: tuple[Area, ...]
    lettered: bool
    odd: frozenset[int] = frozenset()


def ledger_sheets(path: Path, named: Mapping[str, str]) -> tuple[list[LedgerSheet], tuple[str, ...]]:
    """The sheets that hold the ledger, and the names of those that do not.

    Raises `FileRefused` where there is none, or one lacks a column that every line needs.
    """
    require_readable(path)
    unknown = sorted(named.keys() - vocabulary().columns.keys())
    if unknown:
        known = ", ".join(vocabulary().columns)
        raise FileRefused(f"There is no field {', '.join(unknown)}; nothing was imported. The fields are {known}.")
    lettered = is_workbook(path)
    sheets = read_sheets(path) if lettered else [Sheet("", visible=True, lines=read_delimited(path))]
    odd = frozenset() if lettered else frozenset(lines_of_other_encoding(path))
    found = {
        place: ledger
        for place, sheet in enumerate(sheets)
        if sheet.visible and (ledger := _ledger(sheet, named, odd, lettered=lettered))
    }
    if not found:
        message = (
            f"{path.name} has no column for the asset number within its first {HEADER_WITHIN} lines; nothing was "
            "imported. Name the column with --column asset_number=HEADER."
        )
        raise FileRefused(message)
    for ledger in found.values():
        _require_columns(path, ledger)
    return list(found.values()), tuple(sheet.name for place, sheet in enumerate(sheets) if place not in found)


def _ledger(sheet: Sheet, named: Mapping[str, str], odd: frozenset[int], *, lettered: bool) -> LedgerSheet | None:
    titles: list[str] = []
    for place, line in enumerate(sheet.lines[:HEADER_WITHIN]):
        header, height = _header(sheet, place)
        columns = columns_of(header, titles, named)
        if columns:
            below = sheet.lines[place + height :]
            return LedgerSheet(sheet.name, columns, below, sheet.areas, lettered, odd)
        titles.extend(line.cells)
    return None


def _header(sheet: Sheet, place: int) -> tuple[tuple[str, ...], int]:
    """The cells of a header and its height: one of two lines is joined where cells are merged downwards."""
    line = sheet.lines[place]
    height = max((area.bottom - area.top + 1 for area in sheet.areas if area.top == line.number), default=1)
    rows = [below.cells for below in sheet.lines[place : place + height]]
    lowest = [next((row[at].strip() for row in reversed(rows) if row[at].strip()), "") for at in range(len(line.cells))]
    return tuple(lowest), height


def _require_columns(path: Path, ledger: LedgerSheet) -> None:
    where = f"{path.name}, sheet {ledger.name}," if ledger.name else path.name
    missing = ledger.columns.missing
    if missing:
        usual = ", ".join(f"{field} ({vocabulary().columns[field][0]})" for field in missing)
        message = (
            f"{where} has no column for {usual}; nothing was imported. "
            f"Its columns are {', '.join(filter(None, ledger.columns.headers))}. Name each with --column FIELD=HEADER."
        )
        price = ledger.columns.header("unit_price")
        if "value" in missing and price:
            message += f" There is no number of pieces; where every line is one piece: --column value={price}"
        raise FileRefused(message)


def shared_cells(ledger: LedgerSheet, line: Line, alone: frozenset[str]) -> tuple[Line, list[str], list[str]]:
    """A line with the text of merged cells it shares, the fields filled so, and those where sharing makes no sense.

    A place or a source merged over several lines holds for each of them. A number, value or price does not: nobody
    knows whose it is (`alone`).
    """
    own = {place: field for field, place in ledger.columns.places.items()}
    cells, filled, broken = list(line.cells), [], []
    for area in ledger.areas:
        if not area.top <= line.number <= area.bottom:
            continue
        for field in (own[place] for place in range(area.left - 1, area.right) if place in own):
            if field in alone or area.left != area.right:
                broken.append(field)
            elif line.number > area.top:
                place = area.left - 1
                cells[place] = next((item.cells[place] for item in ledger.lines if item.number == area.top), "")
                filled.append(field)
    return replace(line, cells=tuple(cells), problem=None), filled, broken
