# SPDX-License-Identifier: Apache-2.0
"""`simulate`: a history of any length, made by the handlers, decisions and claims of users' commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from infrastructure.bootstrap import open_platform
from infrastructure.demonstration.founding import FOUNDED
from infrastructure.identity.sources import SeededIds, SetClock
from infrastructure.long_run import long_run
from infrastructure.migrate import MigrationError, migrate
from infrastructure.simulation.history import Extent, History

if TYPE_CHECKING:
    from collections.abc import Callable

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings


@dataclass(frozen=True)
class Simulated:
    """What came of it."""

    jurisdiction: str
    events: int
    commands: int


def simulate(
    settings: Settings,
    dsn: str,
    extent: Extent,
    *,
    jurisdiction: str,
    regime: str,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Simulated:
    """Fill a jurisdiction that holds nothing yet, made here where there is none; it stays a demonstration for ever.

    `progress` is told the jurisdiction, days lived and days in all. Raises `MigrationError` where the jurisdiction
    holds events, or real data.
    """
    migrate(dsn, jurisdiction, regime, demonstration=True)
    clock, ids = SetClock(FOUNDED), SeededIds(extent.seed)
    with open_platform(settings, dsn, clock=clock, ids=ids, only=jurisdiction, relaxed=True) as platform:
        _refuse_unless_empty(platform.jurisdictions[jurisdiction])
        history = History(platform.jurisdictions[jurisdiction], extent)
        try:
            with long_run():
                history.begin()
                history.live(lambda done, whole: progress(jurisdiction, done, whole))
        finally:
            history.log.close()
    return Simulated(jurisdiction, history.log.count, history.issuer.count)


def _refuse_unless_empty(jurisdiction: Jurisdiction) -> None:
    if jurisdiction.recorder.max_notification_id() is not None:
        message = (
            f"the jurisdiction {jurisdiction.name} holds events already; nothing was simulated: "
            "name a new one with --jurisdiction"
        )
        raise MigrationError(message)
