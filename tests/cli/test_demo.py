# SPDX-License-Identifier: Apache-2.0
"""The demonstration from the outside: it fills, proves itself, goes on, and leaves other data alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from infrastructure.migrate import migrate
from tests.cli.conftest import Tongchou

LIMIT_SECONDS = 600
STANDING = (
    "江苏 Jiangsu · 治理与登记",
    "重庆 Chongqing · 治理与登记",
    "4: 年度计划 1, 总体规划 1, 规章制度 1, 技术标准 1",
    "2: 逾期 overdue 1, 完成 done 1",
    "2: 草稿 1, 已汇交 1",
    "逾期 overdue 1, 提示 warned 0, 例外 excused 1",
    "6: 已准予例外 1, 已采购 2, 未批准 1, 已指派 1, 评议中 1",
    "5: 已准予例外 1, 无须评议 1, 已采购 1, 已指派 1, 评议中 1",
    "有效 valid 1, 过期 expired 1",
    "¥200,000.00",
)
"""Of the table that tells where governance, registry, purchases and network stand."""
RUN = "from api.cli.main import main; main()"


def started(*arguments: str, data_dir: Path) -> subprocess.CompletedProcess[str]:
    """In a process of its own, as whoever tries the demonstration starts it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TONGCHOU_")}
    return subprocess.run(
        [sys.executable, "-c", RUN, *arguments, "--data-dir", str(data_dir)],
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
        env=environment,
    )


@pytest.mark.slow
def test_the_demonstration_fills_proves_itself_and_goes_on(tmp_path: Path) -> None:
    first = started("demo", "--no-serve", data_dir=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "扬子理工大学分析测试中心" in first.stdout
    assert "渝江大学分析测试中心" in first.stdout
    for line in STANDING:
        assert line in first.stdout
    verified = started("verify", "--json", data_dir=tmp_path)
    report = json.loads(verified.stdout)
    assert verified.returncode == 0, report
    assert report["ok"]
    assert report["position"] > 20_000
    assert {name.partition(".")[2] for name in report["checks"]} >= {
        "events",
        "streams",
        "claims",
        "money",
        "read_models",
    }
    assert all(check["count"] > 0 for check in report["checks"].values())
    again = started("demo", "--no-serve", data_dir=tmp_path)
    assert again.returncode == 0, again.stderr
    assert again.stdout == first.stdout


def test_a_database_with_real_data_is_left_alone(
    tongchou: Tongchou, worker_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(worker_database, "jiangsu", "jiangsu")
    monkeypatch.setenv("TONGCHOU_DATABASE_URL", worker_database)
    refused = tongchou("demo", "--no-serve", "--data-dir", str(tmp_path))
    assert refused.code == 1
    assert "real data" in refused.err


def test_a_database_with_foreign_tables_is_left_alone(
    tongchou: Tongchou, server_dsn: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with psycopg.connect(server_dsn, autocommit=True) as administrator:
        administrator.execute("DROP DATABASE IF EXISTS somebody_elses")
        administrator.execute("CREATE DATABASE somebody_elses")
        foreign = make_conninfo(server_dsn, dbname="somebody_elses")
        with psycopg.connect(foreign) as connection:
            connection.execute("CREATE TABLE ledger (id int)")
        monkeypatch.setenv("TONGCHOU_DATABASE_URL", foreign)
        refused = tongchou("demo", "--no-serve", "--data-dir", str(tmp_path))
        administrator.execute("DROP DATABASE somebody_elses WITH (FORCE)")
    assert refused.code == 1
    assert "public.ledger" in refused.err


def test_reading_makes_no_data_where_there_is_none(
    tongchou: Tongchou, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TONGCHOU_DATABASE_URL", raising=False)
    refused = tongchou("verify", "--data-dir", str(tmp_path / "typo"))
    assert refused.code == 1
    assert "There is no data" in refused.err
    assert not (tmp_path / "typo").exists()
