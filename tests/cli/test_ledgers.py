# SPDX-License-Identifier: Apache-2.0
"""A ledger imported, its gaps shown, and a certificate asked for, from the command line."""

from pathlib import Path
from uuid import uuid4

import pytest

from infrastructure.bootstrap import open_platform
from infrastructure.settings import Settings
from tests.application.office import CODES, Office
from tests.cli.conftest import Tongchou
from tests.domain.resources.examples import TODAY

HEADER = "资产编号,资产名称,规格型号,原值（万元）,取得日期,验收日期,经费来源,资产大类\n"
INSTRUMENTS = (
    "资产编号,名称,型号,生产厂商,原值（元）,经费来源,购置日期,验收日期,存放地点,开放时间\n"
    "B-1,场发射扫描电子显微镜,S-1,某厂,3180000.00,省级财政,2021-03-18,2021-07-09,A102,周一至周五 08:30-17:30\n"
    "B-2,天平,B-1,某厂,12.345,省级财政,2021-03-18,,A103,\n"
)


@pytest.fixture
def unit(home: str, cli_database: str, tmp_path: Path) -> str:
    """A unit with one registered instrument."""
    code = f"U-{uuid4().hex[:8]}"
    settings = Settings(database_url=cli_database, data_dir=tmp_path)
    with open_platform(settings, cli_database, only=home) as platform:
        province = platform.jurisdictions[home]
        office = Office(province)
        kind = province.regime.on(TODAY).value("scope.unit_kinds")[0]
        person = province.claims.owner("legal_person.credit_code", CODES[0]) or office.legal_person()
        created = office.unit(person, code, kind=kind)
        office.register(created, asset_number="A-1", type="research_facility")
    return code


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "台账.csv"
    rows = [
        "A-1,扫描电子显微镜,Regulus 8100,318,2021.3.18,,省级财政,仪器设备\n",
        "A-2,质谱仪,Q-1,52.5,2021年3月18日,20210318,省级财政,仪器设备\n",
        "A-3,天平,,贵,,,,\n",
    ]
    path.write_text(HEADER + "".join(rows), "gb18030")
    return path


@pytest.mark.parametrize("rehearsed", [("--dry-run",), ()])
def test_an_import_of_uses_fails_where_a_line_was_refused(
    tongchou: Tongchou, home: str, unit: str, tmp_path: Path, rehearsed: tuple[str, ...]
) -> None:
    file = tmp_path / "uses.csv"
    file.write_text("source_id,instrument,user,start,end,purpose\nU-1,nothing,nobody,yesterday,today,x\n", "utf-8")
    ran = tongchou("import", "uses", str(file), "--unit", unit, "--jurisdiction", home, *rehearsed)
    assert "1 refused" in ran.out, ran.err
    assert ran.code == 1


@pytest.mark.parametrize("rehearsed", [("--dry-run",), ()])
@pytest.mark.parametrize("shown", [("--json",), ()])
def test_imports_of_instruments_and_ledgers_fail_where_a_line_was_refused(
    tongchou: Tongchou, home: str, unit: str, ledger: Path, rehearsed: tuple[str, ...], shown: tuple[str, ...]
) -> None:
    """Whoever calls it from a script must not take a file with refused lines for done."""
    of = ("--unit", unit, "--jurisdiction", home, *rehearsed, *shown)
    listed = tongchou("import", "ledger", str(ledger), "--as-of", "2026-02-28", *of)
    assert listed.code == 1
    assert listed.document["lines_refused"] == 1 if shown else "1 lines refused" in listed.out
    ledger.write_text(INSTRUMENTS, "utf-8")
    registered = tongchou("import", "instruments", str(ledger), *of)
    assert registered.code == 1, registered.err
    assert registered.document["refused"] == 1 if shown else "1 taken" in registered.out
    assert shown or "1 refused" in registered.out


def test_whole_files_without_a_refused_line_exit_with_zero(
    tongchou: Tongchou, home: str, unit: str, ledger: Path
) -> None:
    good = HEADER + "A-2,质谱仪,Q-1,52.5,2021年3月18日,20210318,省级财政,仪器设备\n"
    ledger.write_text(good, "utf-8")
    ran = tongchou("import", "ledger", str(ledger), "--as-of", "2026-02-28", "--unit", unit, "--jurisdiction", home)
    assert ran.code == 0, ran.err


def test_a_ledger_is_taken_its_gaps_shown_and_a_second_import_changes_nothing(
    tongchou: Tongchou, home: str, unit: str, ledger: Path, tmp_path: Path
) -> None:
    arguments = ("import", "ledger", str(ledger), "--unit", unit, "--as-of", "2026-02-28", "--jurisdiction", home)
    assert "Rehearsed" in tongchou(*arguments, "--dry-run").out
    taken = tongchou(*arguments, "--json", "--report", str(tmp_path / "report.csv")).document
    assert (taken["lines_read"], taken["lines_refused"], taken["changes"]["added"]) == (2, 1, 2)
    assert "贵" in (tmp_path / "report.csv").read_text("utf-8-sig")
    again = tongchou(*arguments)
    assert again.code == 1
    assert "nothing was changed" in again.out
    assert "line 4, 原值（万元）, asset A-3" in again.out

    listed = tongchou("gaps", unit, "--jurisdiction", home, "--json", "--out", str(tmp_path / "gaps.csv")).document
    kinds = {item["asset_number"]: [gap["kind"] for gap in item["gaps"]] for item in listed["items"]}
    assert "not_registered" in kinds["A-2"]
    assert "review_missing" in kinds["A-2"]
    assert "not_registered" not in kinds["A-1"]
    assert "质谱仪" in (tmp_path / "gaps.csv").read_text("utf-8-sig")
    shown = tongchou("gaps", unit, "--jurisdiction", home, "--kind", "not_registered")
    assert "A-2 质谱仪 525,000.00" in shown.out
    assert "2 assets" in shown.out
    assert tongchou("gaps", unit, "--kind", "nonsense").code == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "ledger", "none.csv", "--unit", "U", "--as-of", "2026-02-28"), "no jurisdiction here"),
        (("gaps", "U-none"), "no jurisdiction here"),
        (("certificate", "HJ-none"), "no certificate HJ-none"),
    ],
)
def test_what_is_not_there_is_said_in_one_sentence(
    tongchou: Tongchou, home: str, arguments: tuple[str, ...], says: str
) -> None:
    ran = tongchou(*arguments, "--jurisdiction", home)
    assert ran.code == 1
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_a_day_is_asked_for_and_read_strictly(tongchou: Tongchou, home: str) -> None:
    assert home
    assert tongchou("import", "ledger", "a.csv", "--unit", "U").code == 2
    assert tongchou("import", "ledger", "a.csv", "--unit", "U", "--as-of", "28.2.2026").code == 2
