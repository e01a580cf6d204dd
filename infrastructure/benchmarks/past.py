# SPDX-License-Identifier: Apache-2.0
"""`bench past`: reserving in a store with very many past reservations, against an empty one."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg

from infrastructure.benchmarks.booking import Booking
from infrastructure.benchmarks.fixture import furnish
from infrastructure.benchmarks.history import simulated
from infrastructure.benchmarks.result import BenchResult, result_of
from infrastructure.benchmarks.schemas import EMPTY, OURS, bench_regime
from infrastructure.benchmarks.slices import take_turns, turn_of
from infrastructure.bootstrap import open_platform
from infrastructure.database.pool import connection_options
from infrastructure.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Callable

    from infrastructure.benchmarks.slices import Turn
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

PAST, NOTHING = "ours", "empty store"
SIMULATED_EVENTS = 20_000
INSTRUMENTS_A_CLIENT = 16
P99 = 99


def bench_past(
    settings: Settings,
    dsn: str,
    *,
    reservations: int,
    clients: int,
    seconds: int,
    progress: Note = lambda _: None,
) -> BenchResult:
    """Measure reservations by threads on the bus. `against` compares the 99th percentiles: theirs divided into ours.

    The past is a simulated one, its completed reservations repeated under other ids until there are enough.
    Raises `BenchFailed` for a database that is not durable.
    """
    now = datetime.now(UTC)
    with ExitStack() as stack:
        events = min(SIMULATED_EVENTS, reservations * 10)
        jurisdiction, facts = stack.enter_context(simulated(settings, dsn, events, progress))
        past = _multiply(dsn, reservations)
        progress(f"{past:,} past reservations")
        migrate(dsn, EMPTY, bench_regime(), demonstration=True)
        empty = stack.enter_context(open_platform(settings, dsn, only=EMPTY)).jurisdictions[EMPTY]
        turns = {name: _turn(one, clients, now) for name, one in ((PAST, jurisdiction), (NOTHING, empty))}
        measured = take_turns(turns, seconds, progress)
    p99 = {name: item.percentile(P99) for name, item in measured.items()}
    wanted = {"past reservations": past, "clients": clients, "seconds": seconds}
    result = result_of("past", PAST, measured, facts | wanted | {f"{NOTHING}: p99_ms": round(p99[NOTHING], 3)})
    return BenchResult(
        name=result.name,
        per_second=result.per_second,
        p50_ms=result.p50_ms,
        p99_ms=result.p99_ms,
        against={NOTHING: p99[PAST] / p99[NOTHING]},
        settings=result.settings,
    )


def _turn(jurisdiction: Jurisdiction, clients: int, now: datetime) -> Turn:
    fixture = furnish(jurisdiction, clients * INSTRUMENTS_A_CLIENT, now)
    shares = [fixture.instruments[number::clients] for number in range(clients)]
    return turn_of([Booking(jurisdiction, fixture, share) for share in shares])


def _multiply(dsn: str, wanted: int) -> int:
    """Repeat what came of completed reservations, under ids in the order of time as ours are; return how many."""
    options: Any = connection_options(OURS)
    with psycopg.connect(dsn, **options) as connection:
        for statement in _MULTIPLY:
            connection.execute(statement, {"wanted": wanted} if "%(" in statement else None)
        connection.execute("VACUUM ANALYZE")
        row = connection.execute("SELECT count(*) FROM events WHERE type = 'reservations.UsageCompleted'").fetchone()
    return int(row[0]) if row else 0


_MULTIPLY = (
    "SET synchronous_commit = off",
    """
    CREATE TEMPORARY TABLE completed AS
    SELECT stream, row_number() OVER (ORDER BY stream) - 1 AS place FROM events
    WHERE type = 'reservations.UsageCompleted'
    """,
    """
    CREATE TEMPORARY TABLE copies AS
    SELECT c.stream, (lpad(to_hex(number), 12, '0') || '7' || substr(md5(number::text), 1, 19))::uuid AS copy
    FROM generate_series(1, greatest(0, %(wanted)s - (SELECT count(*) FROM completed))) AS number
    JOIN completed AS c ON c.place = number %% (SELECT count(*) FROM completed)
    ORDER BY number
    """,
    """
    INSERT INTO events (stream, version, type, state, recorded_at)
    SELECT c.copy, e.version, e.type, e.state, e.recorded_at
    FROM copies AS c JOIN events AS e ON e.stream = c.stream ORDER BY c.copy, e.version
    """,
    """
    INSERT INTO commands (command_id, body_hash, result, position)
    SELECT md5(c.copy::text || e.version)::uuid, md5(c.copy::text) || md5(e.type), '{}', e.position
    FROM copies AS c JOIN events AS e ON e.stream = c.copy WHERE e.type <> 'reservations.ReservationConfirmed'
    """,
)
