# SPDX-License-Identifier: Apache-2.0
"""Whose policy a command shows: that of a jurisdiction with its decisions, or a regime as its files have it."""

# ruff: noqa: PLC0415 - commands import what they need when they run, so that `--help` answers at once

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from api.cli.failures import CommandFailed
from api.cli.opened import settings_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from domain.policy import Edition, Regime
    from domain.policy.decided import Decided
    from infrastructure.bootstrap import Platform


@dataclass(frozen=True)
class Side:
    """A regime with what has been decided, on a day."""

    name: str
    regime: Regime
    decided: Decided
    day: date
    territory: str = ""

    def edition(self) -> Edition:
        """The edition on that day. Raises `DomainError` where it is not in force."""
        return self.decided.completing(self.regime.on(self.day), self.day, self.territory)


@contextmanager
def known(data_dir: Path | None) -> Iterator[dict[str, Side]]:
    """Every jurisdiction of the database, if there is one, and the regimes that none of them follows."""
    from domain.kernel.time import local_date
    from domain.policy.decided import Decided
    from infrastructure.bootstrap import database_dsn, open_platform
    from infrastructure.identity.sources import system_clock
    from infrastructure.policy.loader import load_regimes

    settings, today = settings_of(data_dir), local_date(system_clock())
    sides: dict[str, Side] = {}
    if settings.database_url is not None or settings.data_dir.exists():
        with database_dsn(settings) as dsn, open_platform(settings, dsn) as platform:
            sides = dict(_jurisdictions(platform, today))
    followed = {side.regime.name for side in sides.values()}
    for name, regime in load_regimes(settings.regimes_dir).items():
        if name not in followed:
            sides.setdefault(name, Side(name, regime, Decided(), today))
    yield sides


def side_of(sides: dict[str, Side], name: str | None, on: datetime | None, territory: str = "") -> Side:
    """The side named, by jurisdiction or regime. Raises `CommandFailed` where it is not there, or not the only one."""
    by_regime = {side.regime.name: side for side in reversed(sides.values())}
    names = ", ".join(dict.fromkeys([*sides, *by_regime]))
    if name is None and len(sides) > 1:
        raise CommandFailed(f"There are several ({names}); nothing was shown. Name one with --jurisdiction.")
    found = next(iter(sides.values())) if name is None else sides.get(name) or by_regime.get(name)
    if found is None:
        raise CommandFailed(f"There is no {name}; nothing was shown. There are {names}.")
    return replace(found, day=on.date() if on else found.day, territory=territory)


def _jurisdictions(platform: Platform, today: date) -> Iterator[tuple[str, Side]]:
    from infrastructure.policy.in_force import decided_in

    for name, one in platform.jurisdictions.items():
        with one.database.reading() as cursor:
            decided, _ = decided_in(cursor, one.log.mapper)
        yield name, Side(name, one.regime, decided, today)
