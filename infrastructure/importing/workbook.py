# SPDX-License-Identifier: Apache-2.0
"""XLSX: sheets as text. Lines that share merged cells are marked, for nobody knows whose the value is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from infrastructure.importing.lines import Line
from infrastructure.importing.problems import FileRefused, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED_BYTES = 500_000_000
MAX_CELLS = 20_000_000
"""Of one sheet, empty ones included: a single cell at its far corner would make seventeen billion."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


@dataclass(frozen=True)
class Area:
    """Merged cells of several lines; lines and columns count from 1, both ends belong to it."""

    name: str
    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """A sheet with its lines, header included, and the areas of cells merged over several lines."""

    name: str
    visible: bool
    lines: list[Line]
    areas: tuple[Area, ...] = ()


def read_workbook(path: Path) -> list[Line]:
    """The lines of the first sheet, header included; formulas count by their stored results.

    Raises `FileRefused` for what is no workbook, or unpacks to more than it should.
    """
    return read_sheets(path, first_only=True)[0].lines


def read_sheets(path: Path, *, first_only: bool = False) -> list[Sheet]:
    """Every sheet with cells, in their order. Raises what `read_workbook` raises."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED_BYTES:
                message = f"{path.name} unpacks to too much; nothing was imported. Split it."
                raise FileRefused(message)
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                chosen = book.worksheets[:1] if first_only else book.worksheets
                return [_sheet(sheet, archive) for sheet in chosen] or _none()
            finally:
                book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        message = f"{path.name} is not a readable XLSX workbook; nothing was imported. Save it again as XLSX or CSV."
        raise FileRefused(message) from error


def text_of(value: object) -> str:
    """A cell as text: dates as ISO, numbers with the fifteen digits that Excel itself keeps and shows."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.15g}"
        case datetime():
            return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _none() -> list[Sheet]:
    raise IndexError


def _sheet(sheet: Any, archive: zipfile.ZipFile) -> Sheet:  # noqa: ANN401 - read-only sheets have no public type
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = list(_rows(sheet))
    # Read-only sheets, which keep memory small, do not tell of merged cells; their source does.
    areas = _areas(archive.read(sheet._worksheet_path))  # noqa: SLF001 - no public name for it
    merged = {number: area.name for area in areas for number in range(area.top, area.bottom + 1)}
    width = max((len(row) for row in rows), default=0)
    _require_few(sheet, width * len(rows))
    lines = [_line(number, row, width, merged.get(number)) for number, row in enumerate(rows, start=1)]
    return Sheet(sheet.title, sheet.sheet_state == "visible", lines, areas)


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:  # noqa: ANN401 - as above
    cells = 0
    for row in sheet.iter_rows(values_only=True):
        cells += max(len(row), 1)
        _require_few(sheet, cells)
        yield tuple(text_of(cell) for cell in row)


def _require_few(sheet: Any, cells: int) -> None:  # noqa: ANN401 - as above
    if cells > MAX_CELLS:
        message = f"The sheet {sheet.title} has more than {MAX_CELLS:,} cells; nothing was imported. Split it."
        raise FileRefused(message)


def _line(number: int, row: tuple[str, ...], width: int, area: str | None) -> Line:
    cells = row + ("",) * (width - len(row))
    return Line(number, cells, Problem("merged_cells", "", {"area": area}) if area else None)


def _areas(source: bytes) -> tuple[Area, ...]:
    """Areas that span several lines. Cells merged within one line do no harm."""
    found = []
    for left, top, right, bottom in _MERGED.findall(source):
        if top != bottom:
            name = f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}"
            columns = (column_index_from_string(edge.decode()) for edge in (left, right))
            found.append(Area(name, int(top), int(bottom), *columns))
    return tuple(found)
