# SPDX-License-Identifier: Apache-2.0
"""Each benchmark once, as small as it can be: it measures something, and its document has its form."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from infrastructure.benchmarks.availability import bench_availability
from infrastructure.benchmarks.lag import bench_lag
from infrastructure.benchmarks.past import bench_past
from infrastructure.benchmarks.race import bench_race
from infrastructure.benchmarks.rebuild import bench_rebuild
from infrastructure.benchmarks.replay import bench_replay
from infrastructure.benchmarks.result import BenchResult
from infrastructure.benchmarks.search import bench_search
from infrastructure.database.embedded import embedded_server
from infrastructure.settings import Settings

pytestmark = pytest.mark.slow
EVENTS = 2_000


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A server of its own: benchmarks refuse one that forgets what it committed, as that of the tests does."""
    home: Path = tmp_path_factory.mktemp("bench")
    with embedded_server(home / "postgresql") as server:
        yield Settings(database_url=server.dsn(), data_dir=home)


@pytest.fixture
def dsn(settings: Settings) -> Iterator[str]:
    """The server's address; afterwards no schema of a benchmark may be left."""
    assert settings.database_url
    yield settings.database_url
    left = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'bench%'"
    with psycopg.connect(settings.database_url) as connection:
        assert connection.execute(left).fetchone() == (0,)


def measured(result: BenchResult, name: str, *against: str) -> None:
    document = result.as_dict()
    assert list(document) == ["name", "per_second", "p50_ms", "p99_ms", "against", "settings"]
    assert document["name"] == name
    assert document["per_second"] > 0
    assert 0 < document["p50_ms"] <= document["p99_ms"]
    assert set(document["against"]) == set(against)
    assert all(ratio > 0 for ratio in document["against"].values())


def test_rebuild(settings: Settings, dsn: str) -> None:
    result = bench_rebuild(settings, dsn, events=EVENTS, rounds=2)
    measured(result, "rebuild", "one event a transaction")
    assert result.settings["events"] >= EVENTS
    assert len(result.settings["rounds: per second"]) == 2


def test_replay(settings: Settings, dsn: str) -> None:
    result = bench_replay(settings, dsn, events=EVENTS, processes=2)
    measured(result, "replay", "one process")
    assert result.settings["processes"] == 2


def test_lag(settings: Settings, dsn: str) -> None:
    result = bench_lag(settings, dsn, rate=40, seconds=1)
    measured(result, "lag")


def test_past(settings: Settings, dsn: str) -> None:
    result = bench_past(settings, dsn, reservations=1_000, clients=2, seconds=1)
    measured(result, "past", "empty store")
    assert result.settings["past reservations"] == 1_000
    assert [result.settings[f"ours: {what}"] for what in ("conflicts", "errors")] == [0, 0]


def test_race(settings: Settings, dsn: str) -> None:
    result = bench_race(settings, dsn, clients=3, seconds=1)
    measured(result, "race", "a day each")
    told = result.settings
    assert told["every slot given once"]
    assert told["deadlocks"] == 0
    assert told["refused"] >= 2 * told["slots of a day"]
    assert told["commits"] == told["slots of a day"] * told["days"]


def test_availability(settings: Settings, dsn: str) -> None:
    result = bench_availability(settings, dsn, reservations=1_000, instruments=100, rounds=20)
    measured(result, "availability", "an empty month")


def test_search(settings: Settings, dsn: str) -> None:
    result = bench_search(settings, dsn, instruments=1_000, rounds=2)
    measured(result, "search", "remembered")
    assert result.settings["remembered: p95_ms"] > 0
    assert "电镜" in result.settings["questions: anew p50_ms, p95_ms, remembered p95_ms"]
