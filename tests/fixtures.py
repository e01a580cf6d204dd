# SPDX-License-Identifier: Apache-2.0
"""The whole platform on a real database, emptied before each test."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from psycopg import sql

from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.database.roles import act_as, owner_of
from infrastructure.identity.sources import SeededIds, SetClock
from infrastructure.migrate import migrate
from infrastructure.settings import Settings

REGIMES = {"jiangsu": "jiangsu", "chongqing": "chongqing"}
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Monday 2 March 2026, noon in Shanghai: where the clock of a test stands at first."""


@pytest.fixture(scope="session")
def migrated_database(worker_database: str) -> str:
    """The worker's database with one empty schema per regime."""
    for jurisdiction, regime in REGIMES.items():
        migrate(worker_database, jurisdiction, regime)
    return worker_database


@pytest.fixture(scope="session")
def _worker_platform(migrated_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Platform]:
    settings = Settings(database_url=migrated_database, data_dir=tmp_path_factory.mktemp("data"))
    with open_platform(settings, migrated_database, clock=SetClock(NOON), ids=SeededIds(1)) as platform:
        yield platform


@pytest.fixture
def platform(_worker_platform: Platform) -> Platform:
    """Both jurisdictions on an empty database; `platform.clock` is a `SetClock` that stands at `NOON`."""
    clock = _worker_platform.clock
    assert isinstance(clock, SetClock)
    clock.now = NOON
    for jurisdiction in _worker_platform.jurisdictions.values():
        _empty(jurisdiction)
        jurisdiction.snapshots.clear()
    return _worker_platform


def _empty(jurisdiction: Jurisdiction) -> None:
    """DELETE, not TRUNCATE: for small tables it is many times faster. The application itself may do neither."""
    kept = {"jurisdiction", "migrations", "read_models"}
    with jurisdiction.database.writing() as cursor:
        assert act_as(cursor.connection, owner_of(jurisdiction.name), in_transaction=True)
        tables = cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
        ).fetchall()
        for (table,) in tables:
            if table not in kept:
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        drawn = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_position_seq"
        cursor.execute(f"UPDATE read_models SET position = ({drawn})")  # noqa: S608 - a constant
        cursor.execute("UPDATE read_models SET failed_position = NULL, error = NULL")
