# SPDX-License-Identifier: Apache-2.0
"""Small files that would become huge ones, and numbers of thousands of digits, are refused before they do."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from infrastructure.importing import workbook
from infrastructure.importing.problems import FileRefused, LineRefused
from infrastructure.importing.records.values import number
from infrastructure.importing.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path


def made(path: Path, *places: str) -> None:
    book = Workbook()
    sheet: Any = book.active
    for place in places:
        sheet[place] = "x"
    book.save(path)


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576"])
def test_a_single_cell_far_off_fills_no_memory(tmp_path: Path, corner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 100_000)
    made(tmp_path / "far.xlsx", "A1", corner)
    with pytest.raises(FileRefused, match="more than 100,000 cells"):
        read_workbook(tmp_path / "far.xlsx")


def test_a_wide_line_does_not_widen_all_others_beyond_measure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 100_000)
    made(tmp_path / "wide.xlsx", "XFD1", "A50")
    with pytest.raises(FileRefused, match="more than 100,000 cells"):
        read_workbook(tmp_path / "wide.xlsx")


def test_an_archive_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 1_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 2_000_000)
    with pytest.raises(FileRefused, match="unpacks to too much"):
        read_workbook(tmp_path / "bomb.xlsx")


@pytest.mark.parametrize("digits", [10, 31, 5_000, 500_000])
def test_a_number_of_thousands_of_digits_is_a_wrong_number(digits: int) -> None:
    with pytest.raises(LineRefused):
        number("samples", "9" * digits)
