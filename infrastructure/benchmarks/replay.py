# SPDX-License-Identifier: Apache-2.0
"""`bench replay`: every stream of a long history folded to its last state, and nothing else."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby, pairwise
from multiprocessing import get_context
from operator import itemgetter
from statistics import median
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from eventsourcing.persistence import StoredEvent

from domain.catalogue import AGGREGATE_OF
from infrastructure.benchmarks.history import simulated, timed
from infrastructure.benchmarks.result import BenchFailed, BenchResult
from infrastructure.benchmarks.schemas import OURS
from infrastructure.database.pool import connection_options
from infrastructure.event_store.mapper import EventMapper
from infrastructure.long_run import long_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from infrastructure.settings import Settings

    Note = Callable[[str], None]

Part = tuple[UUID, UUID]
"""Streams from the first on, up to the second and not including it."""
PARTS_A_PROCESS = 8
ONE_PROCESS = "one process"
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


def bench_replay(
    settings: Settings,
    dsn: str,
    *,
    events: int,
    rounds: int = 1,
    processes: int | None = None,
    progress: Note = lambda _: None,
) -> BenchResult:
    """Measure the median of some replays by several processes, by default one for each core, against one process.

    `p50_ms` and `p99_ms` are the median and the longest of the replays. Raises `BenchFailed` where an event is missed.
    """
    workers = processes or os.cpu_count() or 1
    with simulated(settings, dsn, events, progress) as (jurisdiction, facts):
        parts = _parts(jurisdiction.database.connect(), workers * PARTS_A_PROCESS)
        every = [dsn] * len(parts)
        alone = timed(lambda: _replay(map(fold_streams, every, parts), facts["events"]))[1]
        progress(f"{ONE_PROCESS}: {facts['events'] / alone:,.0f} a second")
        seconds = []
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            list(pool.map(fold_streams, every, [(FIRST, FIRST)] * len(parts)))  # so that all have started
            for number in range(1, rounds + 1):
                seconds.append(timed(lambda: _replay(pool.map(fold_streams, every, parts), facts["events"]))[1])
                progress(f"replay {number}/{rounds}: {facts['events'] / seconds[-1]:,.0f} a second")
    per_second = facts["events"] / median(seconds)
    rates = {
        "processes": workers,
        f"{ONE_PROCESS}: per second": round(facts["events"] / alone, 1),
        "rounds: per second": [round(facts["events"] / each, 1) for each in seconds],
    }
    return BenchResult(
        name="replay",
        per_second=per_second,
        p50_ms=median(seconds) * 1000,
        p99_ms=max(seconds) * 1000,
        against={ONE_PROCESS: per_second * alone / facts["events"]},
        settings=facts | rates,
    )


def fold_streams(dsn: str, part: Part) -> int:
    """Fold every stream of a part to its last state; return how many events that took."""
    options: Any = connection_options(OURS)
    mapper, count = EventMapper(None), 0
    with long_run(), psycopg.connect(dsn, **options) as connection, connection.cursor().copy(_READ, part) as rows:
        rows.set_types(("uuid", "int8", "text", "bytea"))
        for _, stream in groupby(rows.rows(), itemgetter(0)):
            state: Any = None
            for row in stream:
                state = AGGREGATE_OF[row[2]].evolve(state, mapper.to_event(StoredEvent(*row)))
                count += 1
    return count


_READ = """
    COPY (SELECT stream, version, type, state FROM events WHERE stream >= %s AND stream < %s ORDER BY stream, version)
    TO STDOUT (FORMAT BINARY)
"""


def _parts(connection: psycopg.Connection[Any], number: int) -> list[Part]:
    """The log cut into parts of about as many streams each."""
    ranks = [place / number for place in range(1, number)]
    query = "SELECT percentile_disc(%s::float8[]) WITHIN GROUP (ORDER BY stream) FROM events"
    with connection:
        row = connection.execute(query, (ranks,)).fetchone()
    cuts = [FIRST, *dict.fromkeys(row[0] if row and row[0] else []), LAST]
    return list(pairwise(cuts))


def _replay(replays: Iterable[int], events: int) -> None:
    if (folded := sum(replays)) != events:
        message = f"{folded:,} of {events:,} events were folded; nothing was measured."
        raise BenchFailed(message)
