# SPDX-License-Identifier: Apache-2.0
"""The two kinds of file: CSV for whatever reads text, XLSX for spreadsheets."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from api.http.errors import HttpRefusal
from api.http.exports.cells import cells, heading_row
from api.http.exports.headings import MONEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from api.http.exports.cells import Cell
    from api.http.exports.spool import Spool
    from api.http.language import Language

BOM = "\ufeff"
"""By it Excel knows the text for UTF-8."""
CHUNK = 64 * 1024
MOST_ROWS = 1_048_575
"""Rows that a worksheet holds beside its heading."""
LONGEST_CELL = 32_767
POSITION = {"zh": "日志位置", "en": "log position"}
ABOUT = {"zh": ("说明", "名单", "时间", "行数", "口径"), "en": ("about", "list", "time", "rows", "definition")}
TO_BE_CONTINUED = {"zh": "……（全文见 CSV）", "en": "... (in full as CSV)"}


def as_csv(spool: Spool, language: Language) -> Iterator[bytes]:
    """Lines that end in CRLF; the last one says which position of the log they show."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    buffer.write(BOM)
    writer.writerow(heading_row(spool.columns, language))
    for row in spool.rows():
        writer.writerow(cells(row, spool.columns, language))
        if buffer.tell() >= CHUNK:
            yield _taken(buffer)
    if spool.position is not None:
        writer.writerow([POSITION[language], spool.position])
    yield _taken(buffer)


def as_xlsx(spool: Spool, language: Language, *, path: str, time: str) -> Iterator[bytes]:
    """A sheet of rows, and one that says which list they are of, when, and at which position of the log.

    Raises `HttpRefusal` too_many_rows where a sheet could not hold them.
    """
    if spool.count > MOST_ROWS:
        raise HttpRefusal("too_many_rows", field="format", count=spool.count, most=MOST_ROWS)
    return _pieces(spool, language, path=path, time=time)


def _pieces(spool: Spool, language: Language, *, path: str, time: str) -> Iterator[bytes]:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.freeze_panes = "A2"
    sheet.append([_text(name, language) for name in heading_row(spool.columns, language)])
    yuan_cells = _yuan_cells(spool.columns)
    for row in spool.rows():
        sheet.append(
            [
                _cell(sheet, value, language, money=number in yuan_cells)
                for number, value in enumerate(cells(row, spool.columns, language))
            ]
        )
    name, *labels = ABOUT[language]
    about = book.create_sheet(name)
    for line in zip(labels, (path, time, spool.count, spool.definition), strict=True):
        about.append([_text(value, language) if isinstance(value, str) else value for value in line])
    about.append([POSITION[language], spool.position])
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece


def _yuan_cells(columns: Sequence[str]) -> set[int]:
    found, number = set(), 0
    for column in columns:
        if column.endswith(MONEY):
            found.add(number)
            number += 1
        number += 1
    return found


def _cell(sheet: WriteOnlyWorksheet, value: Cell, language: Language, *, money: bool) -> object:
    if isinstance(value, str) and money:
        cell = WriteOnlyCell(sheet, Decimal(value))  # type: ignore[arg-type] # the library takes it, its types do not say so
        cell.number_format = "0.00"
        return cell
    return _text(value, language) if isinstance(value, str) else value


def _text(value: str, language: Language) -> str:
    """Without what a worksheet may not hold; what is too long for a cell says where the rest is."""
    text = ILLEGAL_CHARACTERS_RE.sub("", value)
    rest = TO_BE_CONTINUED[language]
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(rest)] + rest


def _taken(buffer: StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode()
