# SPDX-License-Identifier: Apache-2.0
"""A jurisdiction under a regime that this system has never heard of, which a file describes."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from infrastructure.bootstrap import open_platform
from infrastructure.identity.sources import SeededIds, SetClock
from infrastructure.migrate import migrate
from infrastructure.settings import Settings
from tests.fixtures import NOON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from infrastructure.bootstrap import Platform

FOLDER = Path(__file__).parent / "regimes"
NAME = "yunhai"


@contextmanager
def third_regime(dsn: str, data_dir: Path) -> Iterator[Platform]:
    """The platform with that jurisdiction alone; it is gone afterwards, since nobody else knows its regime.

    Its roles stay: they belong to the whole server, where another worker may be granting to them in this moment.
    """
    migrate(dsn, NAME, NAME)
    try:
        settings = Settings(database_url=dsn, data_dir=data_dir, regimes_dir=FOLDER)
        with open_platform(settings, dsn, clock=SetClock(NOON), ids=SeededIds(3), only=NAME) as platform:
            yield platform
    finally:
        with psycopg.connect(dsn, autocommit=True) as administrator:
            administrator.execute(f"DROP SCHEMA {NAME} CASCADE")
