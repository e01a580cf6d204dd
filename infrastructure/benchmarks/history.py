# SPDX-License-Identifier: Apache-2.0
"""A simulated history in the benchmark's own schema, and what rounds over the whole of it measured."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from infrastructure.benchmarks.schemas import OURS, bench_regime, bench_schemas
from infrastructure.bootstrap import open_platform
from infrastructure.simulation.history import Extent
from infrastructure.simulation.simulate import simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

EVENTS_AN_INSTRUMENT, INSTRUMENTS_A_UNIT = 1_600, 10
MOST_DAYS = 10_000
SEED = 1


@contextmanager
def simulated(
    settings: Settings, dsn: str, events: int, progress: Note
) -> Iterator[tuple[Jurisdiction, dict[str, Any]]]:
    """Our schema with at least so many events, and the settings that figures about it depend on."""
    with bench_schemas(dsn, demonstration=True) as server:
        instruments = max(2, events // EVENTS_AN_INSTRUMENT)
        units = -(-instruments // INSTRUMENTS_A_UNIT)
        extent = Extent(units=units, instruments=instruments, days=MOST_DAYS, seed=SEED, most_events=events)
        made, seconds = timed(lambda: simulate(settings, dsn, extent, jurisdiction=OURS, regime=bench_regime()))
        rate = round(made.events / seconds, 1)
        progress(f"simulated {made.events:,} events, {rate:,.0f} a second")
        with open_platform(settings, dsn, only=OURS) as platform:
            facts = {"events": made.events, "simulated: per second": rate, "load before": _load()}
            yield platform.jurisdictions[OURS], server | facts


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What some work gives, and the seconds it takes."""
    begin = time.perf_counter()
    given = work()
    return given, time.perf_counter() - begin


def _load() -> float:
    """How busy the machine is with others' work, over the last minute."""
    return round(os.getloadavg()[0], 2)
