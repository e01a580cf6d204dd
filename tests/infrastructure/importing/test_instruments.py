# SPDX-License-Identifier: Apache-2.0
"""Imports through the real bus on the real database."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.ports import Append, NewEvents
from domain.catalogue import claims_of
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Meta
from domain.parties.events import LegalPersonRegistered, UnitRegistered
from domain.resources.resource import RESOURCE
from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.identity.sources import SetClock
from infrastructure.importing.instruments import import_instruments
from infrastructure.importing.mapping import Mapping, load_mapping
from infrastructure.importing.outcome import Summary, write_report
from infrastructure.importing.problems import FileRefused
from infrastructure.migrate import migrate
from infrastructure.policy.loader import load_regimes
from infrastructure.settings import Settings

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
EMSL = Path(__file__).parents[4] / "shared" / "data" / "emsl_instruments.csv"
LEDGER = """资产编号,名称,型号,生产厂商,原值（元）,经费来源,购置日期,验收日期,存放地点,开放时间
{0}-1,场发射扫描电子显微镜,S-1,某厂,3180000.00,省级财政,2021-03-18,2021-07-09,A102,周一至周五 08:30-17:30
{0}-2,天平,B-1,某厂,12.345,省级财政,2021-03-18,,A103,
{0}-3,,C-1,某厂,5000,某处,2021年13月1日,,A104,随时
{0}-4,离心机,D-1,某厂,5000,自筹,2021-03-18,2020-01-01,A105,
{0}-1,重复,E-1,某厂,5000,自筹,,,A106,
{0}-5,质谱仪,F-1,某厂,5000,自筹,2022-01-01,,A107,
"""


@dataclass
class Province:
    platform: Platform
    home: Jurisdiction
    unit: UUID
    code: str

    def imported(self, path: Path, mapping: Mapping | None = None, *, dry_run: bool = False) -> Summary:
        return import_instruments(
            self.platform, path, unit_code=self.code, mapping=mapping or load_mapping("ledger"), dry_run=dry_run
        )

    def ledger(self, folder: Path, encoding: str = "utf-8") -> Path:
        path = folder / "ledger.csv"
        path.write_text(LEDGER.format(self.code), encoding)
        return path


@pytest.fixture(scope="module", params=sorted(load_regimes()))
def opened(
    request: pytest.FixtureRequest, worker_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Platform]:
    name = f"imports_{request.param}"
    migrate(worker_database, name, request.param)
    settings = Settings(data_dir=tmp_path_factory.mktemp("data"), pool_size=2)
    with open_platform(settings, worker_database, clock=SetClock(NOW), only=name) as platform:
        yield platform


@pytest.fixture
def province(opened: Platform) -> Province:
    [home] = opened.jurisdictions.values()
    unit, owner = uuid4(), uuid4()
    code = f"U{unit.hex[:8]}"
    person = LegalPersonRegistered(
        credit_code=owner.hex[:18],
        name_zh="大学",
        name_en="University",
        kind="university",
        budget_status="other",
        city="某市",
        district="",
    )
    registered = UnitRegistered(
        legal_person=owner,
        code=code,
        name_zh="中心",
        name_en="Centre",
        kind="provincial_university",
        scope_mode="direct",
        city="某市",
        district="某区",
        competent_department="",
    )
    for stream, event in ((owner, person), (unit, registered)):
        meta = Meta(
            occurred_at=NOW,
            actor=Actor(user=uuid4(), role=Role.SYSTEM),
            command_id=uuid4(),
            command="Test",
            correlation_id=uuid4(),
        )
        claims = tuple(claims_of(stream, event))
        home.log.append(Append(meta.command_id, "", {}, meta, (NewEvents(stream, 0, (event,)),), claims))
    return Province(opened, home, unit, code)


def fates(summary: Summary) -> list[tuple[int, str, list[tuple[str, str]]]]:
    return [
        (item.line, item.fate, [(reason.field, reason.code) for reason in item.reasons]) for item in summary.outcomes
    ]


EXPECTED = [
    (2, "taken", []),
    (3, "refused", [("original_value_yuan", "import.bad_amount")]),
    (
        4,
        "refused",
        [
            ("name_zh", "import.missing"),
            ("acquired_on", "import.bad_date"),
            ("funding_source", "import.bad_choice"),
            ("opening_hours", "import.bad_opening"),
        ],
    ),
    (5, "refused", [("accepted_on", "resources.accepted_before_acquired")]),
    (6, "refused", [("asset_number", "import.twice")]),
    (7, "taken", []),
]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_bad_lines_are_refused_with_their_reasons_and_cost_no_good_one(
    province: Province, tmp_path: Path, encoding: str
) -> None:
    summary = province.imported(province.ledger(tmp_path, encoding))
    assert fates(summary) == EXPECTED
    assert all(reason.zh and reason.en for item in summary.outcomes for reason in item.reasons)
    first = summary.outcomes[0]
    assert first.resource
    state = RESOURCE.fold(item.event for item in province.home.log.stream(UUID(first.resource)))
    assert state is not None
    assert (state.unit, state.original_value_fen, state.state) == (province.unit, 318_000_000, "draft")
    assert (state.funding[0].source, state.city) == ("provincial_fiscal_funds", "某市")
    assert first.opening
    assert len(state.openings[0].windows) == 5


def test_a_second_import_changes_nothing_and_says_so(province: Province, tmp_path: Path) -> None:
    path = province.ledger(tmp_path)
    first = province.imported(path)
    position = province.home.recorder.max_notification_id()
    second = province.imported(path)
    assert [item.fate for item in second.outcomes if item.line in (2, 7)] == ["already_there"] * 2
    assert second.outcomes[0].resource == first.outcomes[0].resource
    assert province.home.recorder.max_notification_id() == position


def test_a_line_that_says_something_else_the_second_time_is_refused(province: Province, tmp_path: Path) -> None:
    path = province.ledger(tmp_path)
    province.imported(path)
    path.write_text(path.read_text("utf-8").replace("质谱仪", "光谱仪"), "utf-8")
    assert fates(province.imported(path))[-1] == (7, "refused", [("", "import.differs")])


def test_a_dry_run_decides_alike_and_changes_nothing(province: Province, tmp_path: Path) -> None:
    path = province.ledger(tmp_path)
    position = province.home.recorder.max_notification_id()
    assert fates(province.imported(path, dry_run=True)) == EXPECTED
    assert province.home.recorder.max_notification_id() == position
    province.imported(path)
    assert province.imported(path, dry_run=True).count("already_there") == 2


def test_a_nul_byte_is_named_with_its_cell(province: Province, tmp_path: Path) -> None:
    path = province.ledger(tmp_path)
    head, first, *_ = path.read_text("utf-8").splitlines()
    path.write_text(f"{head}\n{first.replace(first.split(',')[1], 'a' + chr(0) + 'b')}\n", "utf-8")
    [outcome] = province.imported(path).outcomes
    assert [(reason.field, reason.code) for reason in outcome.reasons] == [("name_zh", "import.nul_byte")]


def test_the_report_has_a_row_for_each_line_and_reason(province: Province, tmp_path: Path) -> None:
    path = province.ledger(tmp_path)
    path.write_text(path.read_text("utf-8").replace(f"{province.code}-2", "=1+1"), "utf-8")
    report = tmp_path / "out.csv"
    write_report(report, province.imported(path).outcomes)
    with report.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["line"]) for row in rows] == [2, 3, 4, 4, 4, 4, 5, 6, 7]
    assert rows[1]["asset_number"] == "'=1+1"


def test_a_unit_that_is_nowhere_is_refused_before_anything_is_done(province: Province, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="in no jurisdiction"):
        import_instruments(
            province.platform, province.ledger(tmp_path), unit_code="NOBODY", mapping=load_mapping("ledger")
        )


def test_a_file_without_a_needed_column_is_refused_as_a_whole(province: Province, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("资产编号,名称\nA1,天平\n", "utf-8")
    with pytest.raises(FileRefused, match="original_value_yuan, funding_source"):
        province.imported(path)
    mapping = load_mapping("ledger", {"original_value_yuan": "100", "funding_source": "own_funds"})
    assert province.imported(path, mapping).count("taken") == 1


@pytest.mark.skipif(not EMSL.exists(), reason="the shared data folder is not here")
def test_the_149_instruments_of_a_real_facility_are_taken(province: Province) -> None:
    summary = province.imported(EMSL, load_mapping("emsl"))
    assert (summary.count("taken"), summary.count("refused")) == (149, 0)
    assert sum(item.opening for item in summary.outcomes) == 143
    assert summary.unknown_columns == ("active", "primary")
    assert province.imported(EMSL, load_mapping("emsl")).count("already_there") == 149
