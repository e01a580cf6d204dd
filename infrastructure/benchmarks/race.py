# SPDX-License-Identifier: Apache-2.0
"""`bench race`: clients who all want the slots of one instrument on one day, beside clients who do not meet.

Each client has memory and connections of its own, as a server process has; all are one user, so that they meet in the
user's quotas as well as in the slots. What is lost to collisions is counted: commits that failed and were decided anew,
and deadlocks, which the server itself counts.
"""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count, repeat
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg

from application.bus import Request
from application.errors import QuotaExhausted, SlotTaken, VersionConflict
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from infrastructure.benchmarks.fixture import SLOT_MINUTES, furnish
from infrastructure.benchmarks.result import BenchResult, Slice, result_of
from infrastructure.benchmarks.rules import KEEPING, put_in_force
from infrastructure.benchmarks.schemas import OURS, bench_schemas
from infrastructure.benchmarks.slices import take_turns
from infrastructure.bootstrap import open_platform

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from application.bus import Bus
    from application.ports import Append, EventLog
    from infrastructure.benchmarks.fixture import Fixture
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.settings import Settings

    Note = Callable[[str], None]

RACE, APART = "one instrument-day", "a day each"
SLOT = timedelta(minutes=SLOT_MINUTES)
SLOTS_A_DAY = timedelta(days=1) // SLOT
SEED = 5
DEADLOCK_MS = 1000.0
"""After so long a wait the server looks for a deadlock: no answer may take as long."""


class CountingLog:
    """The log, with what became of each append counted."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self.counted: Counter[str] = Counter()

    def append(self, append: Append) -> int:
        """Raises what the log raises."""
        try:
            position = self._log.append(append)
        except (SlotTaken, QuotaExhausted, VersionConflict) as lost:
            self.counted[type(lost).__name__] += 1
            raise
        self.counted["committed"] += 1
        return position

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - everything else is the log's own
        return getattr(self._log, name)


@dataclass
class Racer:
    """One client; its own slots in its own order."""

    bus: Bus
    log: CountingLog
    actor: Actor
    purpose: str
    chance: Random
    slowest_ms: float = 0.0

    def take(self, resource: UUID, day: datetime) -> Slice:
        """Ask for every slot of the day once; what another has is a conflict."""
        whole, slots = Slice(0.0), list(range(SLOTS_A_DAY))
        self.chance.shuffle(slots)
        for number in slots:
            start = day + SLOT * number
            begin = time.perf_counter()
            given = self._asked(resource, Span(start=start, end=start + SLOT))
            spent = (time.perf_counter() - begin) * 1000
            self.slowest_ms = max(self.slowest_ms, spent)
            if given:
                whole.latencies_ms.append(spent)
            else:
                whole.conflicts += 1
        return whole

    def _asked(self, resource: UUID, span: Span) -> bool:
        command = RequestReservation(resource_id=resource, span=span, purpose=self.purpose, samples=1, **KEEPING)
        try:
            self.bus.execute(Request(command, self.actor, uuid4(), uuid4()))
        except (SlotTaken, DomainError):
            return False
        return True


@dataclass
class Contest:
    """Days of all clients, each at once; on one instrument, or on one each."""

    racers: Sequence[Racer]
    instruments: Sequence[UUID]
    first: datetime
    given: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._days = count()
        self._pool = ThreadPoolExecutor(len(self.racers))

    def __call__(self, seconds: float) -> Slice:
        """Whole days until the time is over."""
        begin, whole = time.perf_counter(), Slice(0.0)
        while time.perf_counter() < begin + seconds:
            day = self.first + timedelta(days=next(self._days))
            parts = list(self._pool.map(Racer.take, self.racers, self.instruments, repeat(day)))
            self.given.append(sum(len(part.latencies_ms) for part in parts))
            for part in parts:
                whole.latencies_ms += part.latencies_ms
                whole.conflicts += part.conflicts
        whole.seconds = time.perf_counter() - begin
        return whole


def bench_race(
    settings: Settings, dsn: str, *, clients: int, seconds: int, progress: Note = lambda _: None
) -> BenchResult:
    """Measure in turns. `against` compares the middle times of a reservation that was given: theirs divided into ours.

    Raises `BenchFailed` for a database that is not durable.
    """
    with bench_schemas(dsn) as server:
        before = _deadlocks(dsn)
        with ExitStack() as stack:
            homes = [
                stack.enter_context(open_platform(settings, dsn, only=OURS)).jurisdictions[OURS] for _ in range(clients)
            ]
            fixture = furnish(homes[0], clients + 1, datetime.now(UTC))
            for resource in fixture.instruments:
                put_in_force(homes[0], resource, (fixture.user,))
            contests = {
                RACE: _contest(homes, fixture, fixture.instruments[:1] * clients),
                APART: _contest(homes, fixture, fixture.instruments[1:]),
            }
            measured = take_turns(contests, seconds, progress)
        # The server's count is complete once the connections are closed.
        deadlocks = _deadlocks(dsn) - before
    racing = sum((racer.log.counted for racer in contests[RACE].racers), Counter[str]())
    slowest = max(racer.slowest_ms for racer in contests[RACE].racers)
    every_slot_once = set(contests[RACE].given) == {SLOTS_A_DAY}
    result = result_of("race", RACE, measured, server)
    ratio = measured[RACE].percentile(50) / measured[APART].percentile(50)
    told = {
        "clients": clients,
        "slots of a day": SLOTS_A_DAY,
        "days": len(contests[RACE].given),
        "every slot given once": every_slot_once,
        "refused": measured[RACE].total("conflicts"),
        "commits": racing["committed"],
        "decided anew after a slot was taken": racing["SlotTaken"],
        "decided anew after a quota or version had moved": racing["QuotaExhausted"] + racing["VersionConflict"],
        "deadlocks": deadlocks,
        "slowest answer ms": round(slowest, 1),
        "slowest answer limit ms": DEADLOCK_MS,
        "within limits": every_slot_once and not deadlocks and slowest < DEADLOCK_MS,
    }
    return replace(result, against={APART: ratio}, settings=result.settings | told)


def _contest(homes: Sequence[Jurisdiction], fixture: Fixture, instruments: Sequence[UUID]) -> Contest:
    actor = Actor(user=fixture.user, role=Role.USER, organisation=fixture.customer)
    racers = []
    for number, home in enumerate(homes):
        log, order = CountingLog(home.bus.log), Random(SEED + number)  # noqa: S311 - in which a client asks
        racers.append(Racer(replace(home.bus, log=log), log, actor, fixture.purpose, order))
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    return Contest(racers, instruments, tomorrow + timedelta(days=1))


def _deadlocks(dsn: str) -> int:
    """All that this database has seen."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()").fetchone()
    return int(row[0]) if row else 0
