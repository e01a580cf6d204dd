# SPDX-License-Identifier: Apache-2.0
"""`tongchou policy`: what holds, what was decided, what differs, what is undecided; with and without a database."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from domain.kernel.time import local_date
from infrastructure.bootstrap import open_platform
from infrastructure.identity.sources import system_clock
from infrastructure.settings import Settings
from tests.application.deciding import decided as registered
from tests.application.office import Office
from tests.cli.conftest import Tongchou

NUMBER = "测科统理〔2026〕1号"


@pytest.fixture
def files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database at all."""
    monkeypatch.delenv("TONGCHOU_DATABASE_URL", raising=False)
    monkeypatch.setenv("TONGCHOU_DATA_DIR", str(tmp_path / "nothing"))


@pytest.mark.usefixtures("files_only")
def test_a_parameter_is_shown_with_its_words_and_history(tongchou: Tongchou) -> None:
    shown = tongchou("policy", "show", "reward.rate_max", "--jurisdiction", "jiangsu", "--json").document
    (item,) = shown["parameters"]
    assert (item["in_force"], item["articles"], item["quotation"]) == ("0.05", ["JS 30"], "最高5%的比例")
    assert item["settable"] is False
    assert shown["history"] == [{"from": "2020-10-01", "in_force": "0.05", "silent": False, "decisions": []}]
    text = tongchou("policy", "show", "reward.rate_max", "--jurisdiction", "jiangsu").out
    assert 'reward.rate_max = "0.05"' in text
    assert "fixed by the text" in text
    assert "voucher.payee" in tongchou("policy", "show", "voucher.", "--jurisdiction", "jiangsu").out


@pytest.mark.usefixtures("files_only")
def test_two_regulations_are_compared(tongchou: Tongchou) -> None:
    found = tongchou("policy", "diff", "jiangsu", "chongqing", "--json").document["differences"]
    (funding,) = (item for item in found if item["name"] == "review.funding_in_scope")
    assert funding["one"]["value"] == ["provincial_fiscal_funds"]
    assert funding["other"]["value"] == ["fiscal_funds"]
    assert "review.unit_price_min" not in {item["name"] for item in found}
    assert "0 of" in tongchou("policy", "diff", "jiangsu@2021-01-01", "jiangsu@2022-01-01").out


@pytest.mark.usefixtures("files_only")
def test_what_is_undecided_is_listed(tongchou: Tongchou) -> None:
    (report,) = tongchou("policy", "check", "--jurisdiction", "jiangsu", "--json").document["checked"]
    names = {group: {item["name"] for item in report[group]} for group in ("missing", "unadopted", "unlimited")}
    assert {"voucher.subsidy_ratio", "voucher.payee", "evaluation.grade_cutoffs"} <= names["missing"]
    assert {"fee.max_margin", "review.split_window_days", "evaluation.appeal_days"} <= names["unadopted"]
    assert {"policy.expires_on", "records.retention_years"} <= names["unlimited"]
    everywhere = tongchou("policy", "check").out
    assert "jiangsu:" in everywhere
    assert "chongqing:" in everywhere


@pytest.mark.usefixtures("files_only")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "reward.rate_max"), "There are several"),
        (("show", "reward.rate_maximum", "--jurisdiction", "jiangsu"), "has no parameter"),
        (("show", "--jurisdiction", "atlantis"), "There is no atlantis"),
        (("diff", "jiangsu@2020-09-30", "jiangsu"), "in force from 2020-10-01"),
    ],
)
def test_what_cannot_be_shown_is_said(tongchou: Tongchou, arguments: tuple[str, ...], sentence: str) -> None:
    ran = tongchou("policy", *arguments)
    assert ran.code == 1
    assert sentence in ran.err


@pytest.mark.usefixtures("files_only")
def test_a_folder_of_regimes_that_is_not_there_is_named(
    tongchou: Tongchou, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGCHOU_REGIMES_DIR", str(tmp_path / "missing"))
    ran = tongchou("policy", "check")
    assert ran.code == 1
    assert "no such folder" in ran.err


def test_a_decision_shows_from_its_day_on(tongchou: Tongchou, home: str, cli_database: str, tmp_path: Path) -> None:
    today = local_date(system_clock())
    tomorrow = today + timedelta(days=1)
    settings = Settings(database_url=cli_database, data_dir=tmp_path)
    with open_platform(settings, cli_database, only=home) as platform:
        decide(Office(platform.jurisdictions[home]), tomorrow, today)
    shown = [
        tongchou("policy", "show", "fee.max_margin", "--jurisdiction", home, "--on", day.isoformat(), "--json").document
        for day in (today, tomorrow)
    ]
    assert [each["parameters"][0]["in_force"] for each in shown] == ["0.00", "0.07"]
    assert shown[1]["parameters"][0]["decisions"][0]["reference"] == NUMBER
    assert [step["in_force"] for step in shown[1]["history"]] == ["0.00", "0.07"]
    compared = tongchou("policy", "diff", f"{home}@{today}", f"{home}@{tomorrow}")
    assert "fee.max_margin" in compared.out
    assert "1 of" in compared.out
    adopted = tongchou("policy", "check", "--jurisdiction", home, "--on", tomorrow.isoformat(), "--json").document
    assert "fee.max_margin" not in {item["name"] for item in adopted["checked"][0]["unadopted"]}


def decide(office: Office, effective_from: date, today: date) -> None:
    number = registered(office.home, NUMBER, decided_on=today)
    margin = ({"parameter": "fee.max_margin", "value": "0.07"},)
    version = office.do(DraftPolicyVersion.model_validate({"title": "a", "reason": "b", "values": margin})).id
    approval = {
        "version": version,
        "decision": number,
        "decided_by": "理事会",
        "decided_on": today,
        "effective_from": effective_from,
    }
    office.do(ApprovePolicyVersion.model_validate(approval))
