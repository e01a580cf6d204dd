# SPDX-License-Identifier: Apache-2.0
"""`bench lag`: how long after its commit an event shows in every read model, our worker running as in production."""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg

from infrastructure.benchmarks.booking import Booking
from infrastructure.benchmarks.fixture import furnish
from infrastructure.benchmarks.processes import WORKER, environment, running
from infrastructure.benchmarks.result import BenchFailed, BenchResult, Measured, Slice
from infrastructure.benchmarks.schemas import OURS, bench_schemas
from infrastructure.bootstrap import open_platform
from infrastructure.database.pool import connection_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from infrastructure.settings import Settings

    Note = Callable[[str], None]

EVENTS_A_COMMAND = 2
"""A reservation that is confirmed at once is two events in one append."""
WRITERS, INSTRUMENTS = 4, 64
WATCH_SECONDS = 0.001
PATIENCE_SECONDS = 30


def bench_lag(settings: Settings, dsn: str, *, rate: int, seconds: int, progress: Note = lambda _: None) -> BenchResult:
    """Measure at `rate` events a second, committed by reservations at even distances.

    An event shows once the read model that is furthest behind has reached its position; that is looked up every
    millisecond, which the figures include. Raises `BenchFailed` where the worker does not keep up at all.
    """
    with ExitStack() as stack:
        server = stack.enter_context(bench_schemas(dsn))
        platform = stack.enter_context(open_platform(settings, dsn, only=OURS))
        jurisdiction = platform.jurisdictions[OURS]
        fixture = furnish(jurisdiction, INSTRUMENTS, datetime.now(UTC))
        stack.enter_context(running([sys.executable, "-c", WORKER], environment(settings, dsn)))
        watch = _Watch(dsn)
        stack.callback(watch.close)
        book = Booking(jurisdiction, fixture, fixture.instruments)
        watch.wait_for(book())
        progress(f"the worker follows; {rate} events a second for {seconds} s")
        commits = _commit_evenly(book, rate / EVENTS_A_COMMAND, seconds)
        watch.wait_for(max(position for position, _ in commits))
        lags = watch.lags_ms(commits)
    measured = Measured([Slice(seconds, lags)])
    return BenchResult(
        name="lag",
        per_second=measured.per_second * EVENTS_A_COMMAND,
        p50_ms=measured.percentile(50),
        p99_ms=measured.percentile(99),
        against={},
        settings=server | {"rate": rate, "seconds": seconds, "longest_ms": round(max(lags), 3)},
    )


def _commit_evenly(book: Booking, rate: float, seconds: int) -> list[tuple[int, float]]:
    """Positions with the moment after their commit. Who comes late commits at once: the average rate holds."""
    begin = time.perf_counter()

    def commit(number: int) -> tuple[int, float]:
        time.sleep(max(0.0, begin + number / rate - time.perf_counter()))
        return book(), time.perf_counter()

    with ThreadPoolExecutor(WRITERS) as writers:
        return list(writers.map(commit, range(int(rate * seconds))))


class _Watch:
    """Looks every millisecond how far the read models have come."""

    def __init__(self, dsn: str) -> None:
        options: Any = connection_options(OURS)
        self._connection: psycopg.Connection[Any] = psycopg.connect(dsn, **options)
        self._seen: list[tuple[int, float]] = []
        self._stop = Signal()
        self._thread = Thread(target=self._run, name="watch", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop looking."""
        self._stop.set()
        self._thread.join()
        self._connection.close()

    def wait_for(self, position: int) -> None:
        """Until a position shows. Raises `BenchFailed` after half a minute."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._seen or self._seen[-1][0] < position:
            if time.monotonic() > until:
                message = "The worker does not follow; nothing was measured. Its own messages stand above."
                raise BenchFailed(message)
            time.sleep(0.01)

    def lags_ms(self, commits: list[tuple[int, float]]) -> list[float]:
        """From each commit to the first look that found it; commits and looks in the order of positions."""
        looks = iter(self._seen)
        reached, at = next(looks)
        lags = []
        for position, committed in sorted(commits):
            while reached < position:
                reached, at = next(looks)
            lags.append(max(0.0, at - committed) * 1000)
        return lags

    def _run(self) -> None:
        reached = 0
        while not self._stop.wait(WATCH_SECONDS):
            row = self._connection.execute("SELECT min(position) FROM read_models", prepare=True).fetchone()
            if row and row[0] > reached:
                reached = row[0]
                self._seen.append((reached, time.perf_counter()))
