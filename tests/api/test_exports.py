# SPDX-License-Identifier: Apache-2.0
"""Lists as files: the same rows for the same reader, every page, exact money, and no formulas."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from httpx2 import Response
from openpyxl import load_workbook

from api.http.exports import spool
from api.http.exports.cells import cells, defused
from api.http.exports.headings import headings, known
from api.http.reading import READS
from api.http.reading.line import Listed
from domain.kernel.actor import Role
from tests.api.desk import Desk, Province, wish

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = [line for line in READS if issubclass(line.query, Listed) and "{" not in line.path]


def rows_of(answer: Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


def reserve(desk: Desk, province: Province, count: int) -> None:
    for hour in range(8, 8 + count):
        span = {"start": f"2026-03-04T{hour:02d}:00:00+08:00", "end": f"2026-03-04T{hour + 1:02d}:00:00+08:00"}
        assert desk.send("/reservations", wish(province, span=span), desk.customer(province)).status_code == 201
    desk.project()


def test_a_list_is_a_file_with_the_same_rows_and_exact_money(desk: Desk, province: Province) -> None:
    reserve(desk, province, 3)
    headers = desk.customer(province)
    document = desk.read("/reservations", headers).json()
    answer = desk.read("/reservations", headers, format="csv")
    top, *rows, last = rows_of(answer)
    assert last == ["日志位置", str(document["position"])]
    assert answer.headers["tongchou-position"] == str(document["position"])
    assert str(document["position"]) in answer.headers["content-disposition"]
    at = {name: number for number, name in enumerate(top)}
    assert [row[at["编号"]] for row in rows] == [item["id"] for item in document["items"]]
    assert [row[at["开始时间"]] for row in rows] == [item["starts_at"] for item in document["items"]]
    for row, item in zip(rows, document["items"], strict=True):
        assert row[at["报价（分）"]] == str(item["quote_fen"])
        assert row[at["报价（元）"]] == f"{item['quote_fen'] // 100}.{item['quote_fen'] % 100:02d}"
    assert b"\r\n" in answer.content


def test_the_accept_header_asks_as_well_and_headings_follow_the_reader(desk: Desk, province: Province) -> None:
    reserve(desk, province, 1)
    headers = desk.customer(province) | {"Accept": "text/csv", "Accept-Language": "en"}
    top, _, last = rows_of(desk.read("/reservations", headers))
    assert {"id", "starts at", "quote (yuan)", "quote (fen)"} <= set(top)
    assert last[0] == "log position"
    assert desk.read("/reservations", headers, format="json").headers["content-type"] == "application/json"
    both = headers | {"Accept": "application/json, text/csv"}
    assert desk.read("/reservations", both).headers["content-type"] == "application/json"


def test_a_workbook_says_what_it_shows(desk: Desk, province: Province) -> None:
    reserve(desk, province, 2)
    answer = desk.read("/reservations", desk.customer(province), format="xlsx")
    assert answer.headers["content-type"] == XLSX
    book = load_workbook(BytesIO(answer.content))
    top, *rows = list(book["data"].values)
    yuan, fen = top.index("报价（元）"), top.index("报价（分）")
    assert len(rows) == 2
    assert all(round(float(str(row[yuan])) * 100) == row[fen] for row in rows)
    assert book["data"].cell(2, yuan + 1).number_format == "0.00"
    about = {line[0]: line[1] for line in book["说明"].values}
    assert about["名单"] == "/reservations"
    assert str(about["日志位置"]) == answer.headers["tongchou-position"]


def test_all_pages_are_in_the_file_and_filters_hold(
    desk: Desk, province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "A_PAGE", 2)
    monkeypatch.setattr(spool, "IN_MEMORY", 100)
    reserve(desk, province, 5)
    headers = desk.customer(province)
    assert len(rows_of(desk.read("/reservations", headers, format="csv", limit=1))) == 1 + 5 + 1
    assert len(rows_of(desk.read("/reservations", headers, format="csv", state="cancelled"))) == 2


def test_a_file_shows_its_reader_no_more_than_the_list(desk: Desk, province: Province) -> None:
    reserve(desk, province, 1)
    stranger = desk.bearer(Role.USER)
    assert len(rows_of(desk.read("/reservations", stranger, format="csv"))) == 2
    refused = desk.read("/reservations", stranger, format="csv", user=str(province.user))
    assert (refused.status_code, refused.headers["content-type"]) == (403, "application/problem+json")
    assert desk.read("/reservations", format="csv").status_code == 401
    public = rows_of(desk.read("/instruments", format="csv", jurisdiction=desk.name))
    assert not {"成本核算表", "资金来源"} & set(public[0])
    own = rows_of(desk.read("/instruments", desk.manager(province), format="csv"))
    assert {"成本核算表", "资金来源"} <= set(own[0])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("line", LISTS, ids=lambda line: line.path)
def test_every_list_is_a_file(desk: Desk, line: Any, form: str) -> None:  # noqa: ANN401 - a line of the table
    for role in (Role.ADMINISTRATOR, Role.MANAGING_UNIT, Role.FINANCE_DEPARTMENT):
        headers = desk.bearer(role, organisation=desk.platform.ids(), unit=desk.platform.ids())
        answer = desk.read(line.path, headers, format=form)
        if answer.status_code != 403:
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-disposition"].endswith(f".{form}")
            return
    pytest.fail(f"nobody may read {line.path}")


def test_an_unknown_form_is_refused(desk: Desk) -> None:
    assert desk.read("/instruments", format="pdf", jurisdiction=desk.name).status_code == 422
    assert desk.read("/me", desk.bearer(Role.USER), format="csv").status_code == 422


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u3000=1", "＝1+1"])
def test_what_a_spreadsheet_would_run_stays_text(text: str) -> None:
    assert defused(text) == f"'{text}"
    assert cells({"a": [text], "b": -5, "c_fen": -1205}, ["a", "b", "c_fen"])[1:] == [-5, "-12.05", -1205]


def test_no_cell_holds_json() -> None:
    lines = [{"kind": "machine_time", "amount_fen": 1250, "from": "2026-03-04T01:00:00+00:00"}, {"kind": "=1"}]
    row = {"lines": lines, "lanes": [1, 2], "none": [], "tax": {"number": "=2", "issuer": None}}
    assert cells(row, list(row), "en") == [
        "kind: machine_time; amount (yuan): 12.50; from: 2026-03-04T09:00:00+08:00 | kind: =1",
        "1, 2",
        "",
        "number: =2",
    ]
    assert cells({"codes": ["=1", "x"]}, ["codes"]) == ["'=1, x"]


@pytest.mark.parametrize("hidden", ["\x01", "\x0b", "\x1f", "\x7f", " \x02 ", "\u200b", "\ufeff", "\u3000\x01"])
def test_what_hides_a_formula_is_passed_over(hidden: str) -> None:
    """A worksheet may not hold control characters: taken out only later, they would leave the formula behind."""
    assert defused(f"{hidden}=1+1") == f"'{hidden}=1+1"


def test_a_formula_in_a_purpose_reaches_no_spreadsheet(desk: Desk, province: Province) -> None:
    reserve(desk, province, 1)
    reservation = desk.read("/reservations", desk.customer(province)).json()["items"][0]["id"]
    cancel = {"reason": '=HYPERLINK("https://example.org","x")'}
    assert desk.send(f"/reservations/{reservation}/cancellation", cancel, desk.customer(province)).status_code == 200
    desk.project()
    top, row, _ = rows_of(desk.read("/reservations", desk.customer(province), format="csv"))
    assert row[top.index("理由")].startswith("'=HYPERLINK")
    book = load_workbook(BytesIO(desk.read("/reservations", desk.customer(province), format="xlsx").content))
    found = [cell for line in book["data"].iter_rows() for cell in line if "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in found] == ["s"]


def test_every_column_of_every_list_has_a_chinese_name() -> None:
    from api.http.shapes import PAGES, columns_of  # noqa: PLC0415 - a table of its own

    worked_out = {"/call-offs": ["left_fen", "left_minutes"]}
    for path in PAGES:
        columns = [*columns_of(path), *worked_out.get(path, [])]
        missing = [name for name in columns if any(each.isascii() for each in headings(name, "zh"))]
        assert missing == [], path
    assert len(set(known())) == len(known())
