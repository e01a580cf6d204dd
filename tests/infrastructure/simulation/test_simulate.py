# SPDX-License-Identifier: Apache-2.0
"""A simulated history is as good as a lived one, and the same in every run."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import orjson
import psycopg
import pytest
from psycopg import sql

from domain.policy.decided import STREAM
from infrastructure.bootstrap import open_platform
from infrastructure.history.verify import verify
from infrastructure.migrate import MigrationError, jurisdictions
from infrastructure.settings import Settings
from infrastructure.simulation.history import Extent
from infrastructure.simulation.simulate import Simulated, simulate

NAMES = ("sim_first", "sim_other")
SMALL = Extent(units=2, instruments=4, days=12)


@pytest.fixture(scope="module")
def settings(worker_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    given = Settings(database_url=worker_database, data_dir=tmp_path_factory.mktemp("simulation"))
    yield given
    _drop(given, *NAMES)


@pytest.fixture(scope="module")
def first(settings: Settings) -> Simulated:
    return _simulated(settings, "sim_first", SMALL)


def _drop(settings: Settings, *names: str) -> None:
    with psycopg.connect(settings.database_url or "", autocommit=True) as connection:
        for name in names:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))


def _simulated(settings: Settings, name: str, extent: Extent, regime: str = "jiangsu") -> Simulated:
    assert settings.database_url
    return simulate(settings, settings.database_url, extent, jurisdiction=name, regime=regime)


def _history(settings: Settings, name: str) -> list[tuple[Any, ...]]:
    """Every event without its personal values, whose ciphertext is another each time."""
    with psycopg.connect(settings.database_url or "", options=f"-c search_path={name}") as connection:
        rows = connection.execute("SELECT stream, version, type, state, recorded_at FROM events ORDER BY position")
        return [(*row[:3], _without_sealed(orjson.loads(row[3])), row[4]) for row in rows.fetchall()]


def _without_sealed(state: dict[str, Any]) -> dict[str, Any]:
    data = {name: value for name, value in state["d"].items() if not (isinstance(value, dict) and "sealed" in value)}
    return state | {"d": data}


def test_it_passes_every_proof(settings: Settings, first: Simulated) -> None:
    assert settings.database_url
    with open_platform(settings, settings.database_url, only=first.jurisdiction) as platform:
        projector = platform.jurisdictions[first.jurisdiction].projector()
        assert projector.lead()
        projector.catch_up()
        projector.close()
        report = verify(platform)
    assert report.checks[f"{first.jurisdiction}.events"].count == first.events
    assert [(name, check.problems) for name, check in report.checks.items() if not check.ok] == []


def test_it_lives_through_the_main_job(settings: Settings, first: Simulated) -> None:
    types = Counter(row[2] for row in _history(settings, first.jurisdiction))
    for name in ("reservations.UsageCompleted", "billing.OrderSettled", "contracts.ContractSigned"):
        assert types[name] > 0
    assert types["resources.ResourceRegistered"] == SMALL.instruments
    assert types["parties.UnitRegistered"] == SMALL.units


def test_it_is_marked_as_a_demonstration_for_ever(settings: Settings, first: Simulated) -> None:
    marks = {name: demonstration for name, _, demonstration in jurisdictions(settings.database_url or "")}
    assert marks[first.jurisdiction] is True


def test_the_same_seed_gives_the_same_history(settings: Settings, first: Simulated) -> None:
    history = _history(settings, first.jurisdiction)
    _drop(settings, first.jurisdiction)
    assert _simulated(settings, first.jurisdiction, SMALL) == first
    assert _history(settings, first.jurisdiction) == history


def test_another_seed_and_regime_give_another(settings: Settings, first: Simulated) -> None:
    """Save what was decided on policy: that is one stream in every jurisdiction."""
    _simulated(settings, "sim_other", Extent(units=1, instruments=1, days=2, seed=2), "chongqing")
    streams = {row[0] for row in _history(settings, first.jurisdiction)} - {STREAM}
    assert streams.isdisjoint(row[0] for row in _history(settings, "sim_other"))


def test_it_adds_to_no_history(settings: Settings, first: Simulated) -> None:
    with pytest.raises(MigrationError, match="holds events already"):
        _simulated(settings, first.jurisdiction, SMALL)
