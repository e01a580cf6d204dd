# SPDX-License-Identifier: Apache-2.0
"""Rule 15: the same tests run on whatever server TONGCHOU_TEST_DSN names."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
ONE = "tests/infrastructure/event_store/test_recorder.py::test_a_series_has_no_gap"


def run_of(dsn: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A run of one test on a real database, as from the command line."""
    options = ("-n", "0", "-q", "-p", "no:cacheprovider", f"--basetemp={folder}")
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, ONE],
        cwd=ROOT,
        env=os.environ | {"TONGCHOU_TEST_DSN": dsn},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_the_suite_runs_on_the_server_it_is_given(server_dsn: str, tmp_path: Path) -> None:
    """It makes a database there, starts no server of its own, and drops what it made."""
    run = run_of(server_dsn, tmp_path / "run")
    assert run.returncode == 0, run.stdout + run.stderr
    assert list(tmp_path.rglob("PG_VERSION")) == []
    uid = f"tongchou_test_%_{os.environ.get('PYTEST_XDIST_WORKER', 'master')}"
    with psycopg.connect(server_dsn, autocommit=True) as administrator:
        left = administrator.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", (uid,)).fetchall()
    assert len(left) <= 1, "at most our own"


@pytest.mark.slow
def test_a_server_that_is_away_is_not_replaced_by_another(tmp_path: Path) -> None:
    run = run_of(f"host={tmp_path} port=1 dbname=none connect_timeout=1", tmp_path / "run")
    assert run.returncode == 1
    assert str(tmp_path / ".s.PGSQL.1") in run.stdout
    assert list(tmp_path.rglob("PG_VERSION")) == []
