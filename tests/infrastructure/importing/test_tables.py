# SPDX-License-Identifier: Apache-2.0
"""Files: encodings, separators, broken lines, merged cells."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from infrastructure.importing.problems import FileRefused
from infrastructure.importing.tables import Table, read_table

KEY = ("资产编号",)


def columns_of(table: Table, header: str) -> list[str | None]:
    return [table.cell(line, header) for line in table.lines if not line.problem]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encoding_and_separator_are_found_out(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "台账.csv"
    text = (
        separator.join(["资产编号", "名称", "原值"]) + "\r\n" + separator.join(["A1", "电子显微镜", "12.50"]) + "\r\n"
    )
    path.write_bytes(text.encode(encoding))
    table = read_table(path, KEY)
    assert table.header == ("资产编号", "名称", "原值")
    assert columns_of(table, "名称") == ["电子显微镜"]


def test_titles_before_the_header_and_empty_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("固定资产台账,,\n2026年,,\n资产编号,名称,原值（元）\nA1,天平,1\n,,\nA2,离心机,2\n", "utf-8")
    table = read_table(path, KEY)
    assert [line.number for line in table.lines] == [4, 6]
    assert columns_of(table, "原值(元)") == ["1", "2"]


def test_a_broken_line_costs_only_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('资产编号,名称\nA1,"open\nA2,"good, quoted"\nA3,fine,extra\nA4,"two\nlines"\nA5,last\n', "utf-8")
    table = read_table(path, KEY)
    found = [(line.number, line.problem.code if line.problem else line.cells[0]) for line in table.lines]
    assert found == [(2, "open_quote"), (3, "A2"), (4, "cell_count"), (5, "A4"), (7, "A5")]


def test_a_workbook_gives_text_dates_and_merged_lines(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["固定资产台账", None, None, None])
    sheet.merge_cells("A1:D1")
    sheet.append(["资产编号", "名称", "原值", "购置日期"])
    sheet.append([20210001, "天平", 1234.1, date(2021, 3, 8)])
    sheet.append(["A2", "离心机", 5, "2021-04-01"])
    sheet.append(["A3", None, 6, None])
    sheet.merge_cells("B4:B5")
    path = tmp_path / "a.xlsx"
    book.save(path)
    table = read_table(path, KEY)
    assert columns_of(table, "资产编号") == ["20210001"]
    assert columns_of(table, "原值") == ["1234.1"]
    assert columns_of(table, "购置日期") == ["2021-03-08"]
    merged = [(line.number, line.problem.parameters["area"]) for line in table.lines if line.problem]
    assert merged == [(4, "B4:B5"), (5, "B4:B5")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"\xff\x00\xfe\x81", "neither UTF-8 nor GB18030"),
        ("a.csv", "名称,原值\n天平,1\n".encode(), "no column for the asset number"),
        ("a.csv", "资产编号,名称,名称\n".encode(), "twice"),
        ("a.xlsx", b"not a workbook", "not a readable XLSX"),
        ("a.csv", b"", "no column for the asset number"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_as_a_whole(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=says):
        read_table(path, KEY)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file"):
        read_table(tmp_path / "none.csv", KEY)
