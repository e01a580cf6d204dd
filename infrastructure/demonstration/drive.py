# SPDX-License-Identifier: Apache-2.0
"""Loads the demonstration into a database that holds nothing else, each jurisdiction to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.kernel.time import midnight
from infrastructure.bootstrap import open_platform
from infrastructure.database.foreign import foreign_tables
from infrastructure.demonstration.founding import FOUNDED
from infrastructure.demonstration.identities import issue_tokens
from infrastructure.demonstration.issuing import NAMESPACE, Issuer
from infrastructure.demonstration.life import Life
from infrastructure.demonstration.periods import AFTERMATH
from infrastructure.identity.sources import SeededIds, SetClock
from infrastructure.migrate import MigrationError, jurisdictions, migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from infrastructure.bootstrap import Jurisdiction, Platform
    from infrastructure.settings import Settings

REGIMES = {"jiangsu": "jiangsu", "chongqing": "chongqing"}
"""Jurisdiction to regime: the demonstration has one province under each."""
SHOWN = 5


@dataclass(frozen=True)
class DemonstrationReport:
    """How many commands each jurisdiction was driven with; 0 where it was there already."""

    commands: dict[str, int]


def refuse_unless_demonstration(dsn: str) -> None:
    """Raise `MigrationError` for a database that holds anything but a demonstration."""
    known = jurisdictions(dsn)
    foreign = [name for name, _, demonstration in known if not demonstration]
    foreign += foreign_tables(dsn, [name for name, _, _ in known])
    if foreign:
        message = (
            f"the database holds real data ({', '.join(foreign[:SHOWN])}); the demonstration was not loaded: "
            "name another --data-dir or database"
        )
        raise MigrationError(message)


def run_demonstration(
    settings: Settings,
    dsn: str,
    *,
    seed: int,
    progress: Callable[[str, int, int], None] = lambda *_: None,
    only: str | None = None,
) -> DemonstrationReport:
    """Load the demonstration where it is not there yet, and go on where it was cut off.

    `progress` is told jurisdiction, days lived and days in all. Raises `MigrationError`.
    """
    refuse_unless_demonstration(dsn)
    chosen = {name: regime for name, regime in REGIMES.items() if only in (None, name)}
    for name, regime in chosen.items():
        migrate(dsn, name, regime, demonstration=True)
    driven = dict.fromkeys(chosen, 0)
    clock, ids = SetClock(FOUNDED), SeededIds(seed)
    with open_platform(settings, dsn, clock=clock, ids=ids, relaxed=True) as platform:
        for name in chosen:
            if not platform.jurisdictions[name].log.result_of(_finished(name)):
                issuer = Issuer(platform.jurisdictions[name], seed, ids)
                _drive(platform, issuer, clock, seed, progress)
                driven[name] = issuer.count
            _catch_up(platform.jurisdictions[name])
    return DemonstrationReport(driven)


def _finished(name: str) -> UUID:
    """The id of a jurisdiction's last command: where it is in the log, all is done."""
    return uuid5(NAMESPACE, f"{name}/finished")


def _catch_up(jurisdiction: Jurisdiction) -> None:
    """Feed what a new version has emptied or another run left behind: the tables tell of the whole log."""
    projector = jurisdiction.projector()
    try:
        if projector.lead():
            projector.catch_up()
    finally:
        projector.close()


def _drive(
    platform: Platform, issuer: Issuer, clock: SetClock, seed: int, progress: Callable[[str, int, int], None]
) -> None:
    name = issuer.jurisdiction.name
    life = Life(platform, issuer, clock, seed)
    try:
        life.begin()
        life.live(lambda done, whole: progress(name, done, whole))
    finally:
        life.close()
    clock.now = midnight(AFTERMATH)
    issue_tokens(issuer, life.people, platform.settings, _finished(name), clock.now)
