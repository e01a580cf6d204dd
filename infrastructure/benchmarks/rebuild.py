# SPDX-License-Identifier: Apache-2.0
"""`bench rebuild`: every read model made anew from a long history, against one transaction for each event."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from infrastructure.benchmarks.history import simulated, timed
from infrastructure.benchmarks.result import BenchFailed, BenchResult
from infrastructure.event_store.mapper import EventMapper
from infrastructure.projecting.projector import Projector
from infrastructure.projecting.rebuild import rebuild
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Callable

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

ONE_BY_ONE = "one event a transaction"
FIRST_EVENTS = 20_000


def bench_rebuild(
    settings: Settings, dsn: str, *, events: int, rounds: int = 1, progress: Note = lambda _: None
) -> BenchResult:
    """Measure the median of some rebuilds; comparing with the live tables and swapping belong to it.

    The first 20,000 events are projected one by one, the others in batches, then all is made anew. `p50_ms` and
    `p99_ms` are the median and the longest of the rebuilds. Raises `BenchFailed` where a rebuilt table differs.
    """
    with simulated(settings, dsn, events, progress) as (jurisdiction, facts):
        first = min(FIRST_EVENTS, facts["events"] // 2)
        _, slowly = timed(lambda: _project(jurisdiction, batch=1, up_to=first))
        progress(f"{ONE_BY_ONE}: {first / slowly:,.0f} a second")
        _, quickly = timed(lambda: _project(jurisdiction))
        progress(f"catching up: {(facts['events'] - first) / quickly:,.0f} a second")
        seconds = []
        for number in range(1, rounds + 1):
            seconds.append(timed(lambda: _rebuild(jurisdiction))[1])
            progress(f"rebuild {number}/{rounds}: {facts['events'] / seconds[-1]:,.0f} a second")
    per_second = facts["events"] / median(seconds)
    rates = {
        f"{ONE_BY_ONE}: per second": round(first / slowly, 1),
        f"{ONE_BY_ONE}: events": first,
        "catching up: per second": round((facts["events"] - first) / quickly, 1),
        "rounds: per second": [round(facts["events"] / each, 1) for each in seconds],
    }
    return BenchResult(
        name="rebuild",
        per_second=per_second,
        p50_ms=median(seconds) * 1000,
        p99_ms=max(seconds) * 1000,
        against={ONE_BY_ONE: per_second * slowly / first},
        settings=facts | rates,
    )


def _project(jurisdiction: Jurisdiction, *, batch: int | None = None, up_to: int | None = None) -> None:
    mapper = EventMapper(None)
    projector = (
        Projector(jurisdiction.database, mapper, READ_MODELS, batch=batch) if batch else jurisdiction.projector()
    )
    if not projector.lead():
        message = "Another worker projects the benchmark's schema; nothing was measured."
        raise BenchFailed(message)
    try:
        projector.catch_up(up_to=up_to)
    finally:
        projector.close()


def _rebuild(jurisdiction: Jurisdiction) -> None:
    for made in rebuild(jurisdiction.database):
        if wrong := {table: count for table, count in made.differences.items() if count}:
            message = f"The read model {made.name} came out otherwise than by projecting: {wrong} rows differ."
            raise BenchFailed(message)
