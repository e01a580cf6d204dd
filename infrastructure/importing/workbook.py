# SPDX-License-Identifier: Apache-2.0
"""XLSX: the first sheet as text. Lines that share merged cells are refused, for nobody knows whose the value is."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from infrastructure.importing.lines import Line
from infrastructure.importing.problems import FileRefused, Problem

if TYPE_CHECKING:
    from pathlib import Path

MAX_UNPACKED_BYTES = 500_000_000
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')


def read_workbook(path: Path) -> list[Line]:
    """The lines of the first sheet, header included; formulas count by their stored results.

    Raises `FileRefused` for what is no workbook, or unpacks to more than it should.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(item.file_size for item in archive.infolist()) > MAX_UNPACKED_BYTES:
                message = f"{path.name} unpacks to too much; nothing was imported. Split it."
                raise FileRefused(message)
            book = load_workbook(path, read_only=True, data_only=True)
            try:
                sheet: Any = book.worksheets[0]
                sheet.reset_dimensions()  # what the file says of its own size is often wrong
                rows = [tuple(text_of(cell) for cell in row) for row in sheet.iter_rows(values_only=True)]
                # Read-only sheets, which keep memory small, do not tell of merged cells; their source does.
                merged = _merged_lines(archive.read(sheet._worksheet_path))  # noqa: SLF001 - no public name for it
            finally:
                book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, IndexError, ValueError) as error:
        message = f"{path.name} is not a readable XLSX workbook; nothing was imported. Save it again as XLSX or CSV."
        raise FileRefused(message) from error
    width = max((len(row) for row in rows), default=0)
    return [_line(number, row, width, merged.get(number)) for number, row in enumerate(rows, start=1)]


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


def _line(number: int, row: tuple[str, ...], width: int, area: str | None) -> Line:
    cells = row + ("",) * (width - len(row))
    return Line(number, cells, Problem("merged_cells", "", {"area": area}) if area else None)


def _merged_lines(source: bytes) -> dict[int, str]:
    """Each line that shares cells with another, and the merged area. Cells merged within one line do no harm."""
    found: dict[int, str] = {}
    for left, top, right, bottom in _MERGED.findall(source):
        if top != bottom:
            area = f"{left.decode()}{int(top)}:{right.decode()}{int(bottom)}"
            found |= dict.fromkeys(range(int(top), int(bottom) + 1), area)
    return found
