# SPDX-License-Identifier: Apache-2.0
"""Ledgers as units keep them, through the real bus on the real database."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from domain.kernel.errors import DomainError
from domain.resources.ledger.ledger import ASSET_LEDGER, Ledger, ledger_of
from domain.resources.ledger.line import AssetLine
from infrastructure.bootstrap import Platform
from infrastructure.importing.ledger.findings import Taken, write_findings
from infrastructure.importing.ledger.run import import_ledger
from infrastructure.importing.problems import FileRefused
from tests.application.office import Office

EMSL = Path(__file__).parents[4] / "shared" / "data" / "emsl_instruments.csv"
JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)
HEADER = "资产编号,资产名称,规格型号,原值,购置日期,验收日期,经费来源,存放地点,资产大类,项目编号\n"
GOOD = "A-1,场发射扫描电镜,S-1,3180000.00,2021-03-18,2021-07-09,省级财政,A102,仪器设备,SBK-1\n"


@dataclass
class Home:
    """A unit in Jiangsu and the folder its files lie in."""

    platform: Platform
    unit: UUID
    folder: Path

    def take(self, path: Path, as_of: date = FEBRUARY, **options: Any) -> Taken:  # noqa: ANN401 - its options
        return import_ledger(self.platform, path, unit_code="JS-U01", as_of=as_of, **options)

    def text(self, *lines: str, header: str = HEADER, encoding: str = "utf-8-sig", name: str = "台账.csv") -> Path:
        path = self.folder / name
        path.write_bytes((header + "".join(lines)).encode(encoding))
        return path

    def book(self, *rows: Iterable[object], merged: Iterable[str] = ()) -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append(list(row))
        for area in merged:
            sheet.merge_cells(area)
        path = self.folder / "台账.xlsx"
        book.save(path)
        return path

    @property
    def ledger(self) -> Ledger:
        home = self.platform.jurisdictions["jiangsu"]
        found = ASSET_LEDGER.fold(item.event for item in home.log.stream(ledger_of(self.unit)))
        assert found is not None
        return found

    @property
    def lines(self) -> dict[str, AssetLine]:
        return dict(self.ledger.lines)


@pytest.fixture
def home(platform: Platform, tmp_path: Path) -> Home:
    office = Office(platform.jurisdictions["jiangsu"])
    return Home(platform, office.unit(office.legal_person()), tmp_path)


def found(taken: Taken) -> list[tuple[int, str, str]]:
    return [(item.line, item.weight, item.code.removeprefix("import.")) for item in taken.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_plain_ledger_is_taken_in_every_encoding(home: Home, encoding: str) -> None:
    taken = home.take(home.text(GOOD, encoding=encoding))
    assert (taken.lines_read, taken.findings, taken.changes["added"]) == (1, (), 1)
    assert home.lines["A-1"] == AssetLine(
        asset_number="A-1",
        name="场发射扫描电镜",
        model="S-1",
        category="仪器设备",
        equipment=True,
        value_fen=318_000_000,
        acquired_on=date(2021, 3, 18),
        accepted_on=date(2021, 7, 9),
        funding_text="省级财政",
        funding="provincial_fiscal_funds",
        location="A102",
        project_number="SBK-1",
    )


def test_tabs_separate_as_well(home: Home) -> None:
    path = home.text(GOOD.replace(",", "\t"), header=HEADER.replace(",", "\t"), name="台账.tsv")
    assert home.take(path).lines_read == 1


def test_lines_of_two_encodings_are_each_read_as_what_they_are(home: Home) -> None:
    path = home.folder / "拼接.csv"
    second = GOOD.replace("A-1", "A-2").replace("扫描电镜", "联通")
    path.write_bytes((HEADER + second).encode("gb18030") + GOOD.encode())
    taken = home.take(path)
    assert found(taken) == [(3, "read_so", "other_encoding")]
    assert [line.name for line in home.lines.values()] == ["场发射联通", "场发射扫描电镜"]


def test_titles_totals_remarks_and_repeated_headers_are_passed_over(home: Home) -> None:
    lines = [
        "某大学固定资产台账,,,,,,,,,\n",
        "截至2026年2月28日,,,金额单位：万元,,,,,,\n",
        HEADER,
        "A-1,离心机,,0.5,,,,,,\n",
        ",,,,,,,,,\n",
        HEADER,
        "A-2,天平,,1.25,,,,,,\n",
        "合计,,,1.75,,,,,,\n",
        "制表人：某某,,审核人：某某,,,,,,,\n",
    ]
    taken = home.take(home.text(*lines, header=""))
    assert (taken.lines_read, taken.passed_over, taken.total_fen, taken.findings) == (2, 3, 17_500_00, ())


def test_a_total_that_does_not_add_up_is_told(home: Home) -> None:
    taken = home.take(home.text(GOOD, ",总计,,3190000.00,,,,,,\n"))
    assert found(taken) == [(3, "read_so", "total_differs")]
    assert "3,190,000.00" in taken.findings[0].zh


def test_bad_lines_are_refused_with_place_reason_and_remedy_and_cost_no_good_one(home: Home) -> None:
    taken = home.take(
        home.text(
            GOOD,
            "A-2,天平,,12.345,,,,,,\n",
            ",离心机,,5000,,,,,,\n",
            'A-4,"打开的引号,,5000,,,,,,\n',
            "A-5,质谱仪,,1,234,567.00,,,,,,\n",
            "A-6,,,5000,,,,,,\n",
            "A-7,离心机,,#REF!,,,,,,\n",
            "2.0210001e+16,离心机,,5000,,,,,,\n",
            "A-9,离心机,,5000,2021.3,2026-03-01,某专项;自筹,,某类,\n",
        )
    )
    assert found(taken) == [
        (3, "refused", "bad_ledger_amount"),
        (4, "refused", "missing"),
        (5, "refused", "open_quote"),
        (6, "refused", "cell_count"),
        (7, "refused", "missing"),
        (8, "refused", "excel_error"),
        (9, "refused", "number_lost_digits"),
        (10, "left_empty", "date_without_day"),
        (10, "left_empty", "date_after_ledger"),
    ]
    first = taken.findings[0]
    assert (first.file, first.column, first.value, first.asset_number) == ("台账.csv", "原值", "12.345", "A-2")
    assert all(item.zh and item.en and item.code not in (item.zh, item.en) for item in taken.findings)
    assert set(home.lines) == {"A-1", "A-9"}
    nine = home.lines["A-9"]
    assert (nine.acquired_on, nine.funding, nine.funding_text, nine.equipment) == (None, None, "某专项;自筹", None)


def test_a_number_that_stands_twice_is_refused_unless_the_lines_agree(home: Home) -> None:
    taken = home.take(
        home.text(GOOD, GOOD, "B-1,甲,,1,,,,,,\n", "ｂ-1,乙,,1,,,,,,\n", "C-1,丙,,2,,,,,,\n", "C-1,丙,,x,,,,,,\n")
    )
    assert found(taken) == [
        (3, "read_so", "repeated_line"),
        (4, "refused", "number_twice"),
        (5, "refused", "number_twice"),
        (6, "refused", "number_twice"),
        (7, "refused", "bad_ledger_amount"),
    ]
    assert "5" in taken.findings[1].zh
    assert set(home.lines) == {"A-1"}


def test_a_workbook_with_a_title_two_header_lines_and_merged_cells(home: Home) -> None:
    path = home.book(
        ["固定资产台账", None, None, None, None, None],
        ["序号", "资产编号", "名称", "金额", None, "存放地点"],
        [None, None, None, "数量", "原值(万元)", None],
        [1, 20210001, "扫描电镜", 1, 318, "A楼"],
        [2, "A-2", "离心机", 2, 0.5, None],
        [3, "A-3", "天平", 1, 31.8, None],
        [4, "A-4", "工作站", 1, 60, "B楼"],
        [5, "A-5", "附件", 1, None, "B楼"],
        ["合计", None, None, 5, 410.3, None],
        merged=["A1:F1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "F4:F6", "E7:E8"],
    )
    taken = home.take(path)
    assert found(taken) == [
        (5, "read_so", "shared_cell"),
        (6, "read_so", "shared_cell"),
        (7, "refused", "merged_cells"),
        (8, "refused", "merged_cells"),
    ]
    assert (taken.findings[0].column, taken.findings[2].asset_number) == ("F 存放地点", "A-4")
    assert "E7:E8" in taken.findings[2].zh
    assert [(line.asset_number, line.value_fen, line.location, line.quantity) for line in home.lines.values()] == [
        ("20210001", 318_000_000, "A楼", 1),
        ("A-2", 500_000, "A楼", 2),
        ("A-3", 31_800_000, "A楼", 1),
    ]


def test_every_visible_sheet_with_a_header_belongs_to_the_ledger(home: Home) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "东校区"
    names = ["资产编号", "名称", "原值", "取得日期"]
    contents: list[tuple[Any, list[list[Any]]]] = [
        (first, [names, ["A-1", "天平", 5000, date(2021, 3, 5)]]),
        (book.create_sheet("西校区"), [names, ["A-2", "天平", 6000, 44260], ["A-1", "别的", 1, None]]),
        (book.create_sheet("说明"), [["本表由资产处填写"]]),
        (book.create_sheet("旧表"), [names, ["A-9", "天平", 5000, None]]),
    ]
    for sheet, rows in contents:
        for row in rows:
            sheet.append(row)
    book["旧表"].sheet_state = "hidden"
    book.save(path := home.folder / "校区.xlsx")
    taken = home.take(path)
    assert (taken.sheets, taken.other_sheets) == (("东校区", "西校区"), ("说明", "旧表"))
    assert [(item.sheet, item.line, item.code) for item in taken.findings] == [
        ("东校区", 2, "import.number_twice"),
        ("西校区", 2, "import.date_from_serial"),
        ("西校区", 3, "import.number_twice"),
    ]
    assert "西校区!3" in taken.findings[0].en
    assert home.lines["A-2"].acquired_on == date(2021, 3, 5)


def test_the_same_file_again_changes_nothing_and_says_so(home: Home) -> None:
    path = home.text(GOOD)
    assert not home.take(path).unchanged
    again = home.take(path)
    assert (again.unchanged, again.changes) == (True, {})
    saved_anew = home.take(home.text(GOOD, encoding="gb18030", name="另存.csv"))
    assert saved_anew.unchanged
    assert len(home.platform.jurisdictions["jiangsu"].log.stream(ledger_of(home.unit))) == 2


def test_a_newer_ledger_supersedes_and_an_older_one_is_refused(home: Home) -> None:
    old = home.text(GOOD, "A-2,天平,,5000,,,,,,\n", "A-3,离心机,,5000,,,,,,\n")
    home.take(old, JANUARY)
    newer = home.text(GOOD.replace("A102", "A103"), "A-2,天平,,x,,,,,,\n", name="二月.csv")
    taken = home.take(newer)
    assert taken.former_as_of == JANUARY
    assert {name: taken.changes[name] for name in ("added", "changed", "removed")} == {
        "added": 0,
        "changed": 1,
        "removed": 1,
    }
    assert set(home.lines) == {"A-1", "A-2"}  # the unread line of A-2 stands as it was
    with pytest.raises(DomainError) as refused:
        home.take(old, JANUARY)
    assert refused.value.codes == ("resources.ledger_older",)
    history = home.platform.jurisdictions["jiangsu"].log.stream(ledger_of(home.unit))
    january = ASSET_LEDGER.fold(item.event for item in history[:2])
    assert january is not None
    assert (january.as_of, len(january.lines)) == (JANUARY, 3)


def test_a_correction_and_its_reversal_on_the_same_day_both_count(home: Home) -> None:
    first, second = home.text(GOOD), home.text(GOOD.replace("A102", "A103"), name="更正.csv")
    for path, place in ((first, "A102"), (second, "A103"), (first, "A102")):
        assert not home.take(path).unchanged
        assert home.lines["A-1"].location == place


def test_a_dry_run_decides_alike_and_changes_nothing(home: Home) -> None:
    path = home.text(GOOD)
    rehearsed = home.take(path, dry_run=True)
    assert (rehearsed.dry_run, rehearsed.changes["added"]) == (True, 1)
    assert home.platform.jurisdictions["jiangsu"].log.stream(ledger_of(home.unit)) == []
    assert home.take(path).changes == rehearsed.changes


@pytest.mark.parametrize(
    ("content", "options", "says"),
    [
        ("名称,原值\n天平,1\n", {}, "--column asset_number=HEADER"),
        ("资产编号,原值\nA-1,1\n", {}, "no column for name"),
        ("资产编号,名称\nA-1,1\n", {}, r"no column for value \(原值\)"),
        ("资产编号,名称,单价（万元）\nA-1,天平,1\n", {}, "one piece: --column value=单价（万元）"),
        (HEADER, {"columns": {"weight": "重量"}}, "no field weight"),
        (bytes.fromhex("D0CF11E0A1B11AE1").decode("latin-1"), {}, "old kind"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_as_a_whole(
    home: Home, content: str, options: dict[str, Any], says: str
) -> None:
    encoding = "latin-1" if content.startswith("Ð") else "utf-8"
    with pytest.raises(FileRefused, match=says):
        home.take(home.text(header=content, encoding=encoding), **options)


def test_a_ledger_of_refused_lines_alone_is_refused(home: Home) -> None:
    with pytest.raises(DomainError) as refused:
        home.take(home.text("A-1,,,x,,,,,,\n"))
    assert refused.value.codes == ("resources.ledger_empty",)


def test_unusual_headers_are_named_and_a_value_is_reckoned_from_price_and_number(home: Home) -> None:
    path = home.text("X-1,天平,3,400\n", header="物品码,名称,数量,单价（千元）\n")
    taken = home.take(path, columns={"asset_number": "物品码"})
    assert found(taken) == [(2, "read_so", "value_reckoned")]
    line = home.lines["X-1"]
    assert (line.value_fen, line.unit_price_fen, line.quantity) == (120_000_000, 40_000_000, 3)


def test_a_price_that_cannot_be_read_or_is_not_there_is_told_once_and_by_its_column(home: Home) -> None:
    taken = home.take(
        home.text("X-1,天平,1,10\nX-2,天平,1,0.0000001\nX-3,天平,1,\n", header="资产编号,名称,数量,单价（万元）\n")
    )
    assert found(taken)[1:] == [(3, "refused", "bad_ledger_amount"), (4, "refused", "missing")]
    assert taken.findings[2].column == "单价（万元）"


def test_money_of_a_government_without_its_level_is_known_as_such(home: Home) -> None:
    header = "资产编号,名称,原值,分类,经费来源\n"
    home.take(home.text("X-1,天平,1,仪器设备,财政拨款\nX-2,天平,1,仪器设备,多渠道\n", header=header))
    assert [(line.funding, line.equipment) for line in home.lines.values()] == [("fiscal_funds", True), (None, True)]


def test_the_report_lists_every_finding_and_holds_no_formula(home: Home) -> None:
    taken = home.take(home.text(GOOD, "A-2,天平,,=1+1,,,,,,\n"))
    write_findings(home.folder / "report.csv", taken.findings)
    rows = list(csv.DictReader((home.folder / "report.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["line"], row["column"], row["value"]) for row in rows] == [("3", "原值", "'=1+1")]


@pytest.mark.skipif(not EMSL.exists(), reason="the shared data are not here")
def test_a_real_facility_s_list_is_read_as_a_ledger(home: Home) -> None:
    with EMSL.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    lines = (f'{number},"{row["instrument_name"]}",5000\n' for number, row in enumerate(rows, start=1))
    assert home.take(home.text(*lines, header="资产编号,名称,原值\n")).lines_read == len(rows) > 100
