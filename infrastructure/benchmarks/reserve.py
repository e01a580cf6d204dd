# SPDX-License-Identifier: Apache-2.0
"""`bench reserve`: reservations over HTTP, beside a bare endpoint and a bare insert with the same constraint."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from psycopg.types.range import Range

from infrastructure.benchmarks.fixture import SLOT_MINUTES, Fixture, furnish
from infrastructure.benchmarks.processes import BARE_APP, OUR_APP, WORKER, environment, running, serving
from infrastructure.benchmarks.result import BenchResult, Slice, result_of
from infrastructure.benchmarks.schemas import BARE, OURS, bench_schemas
from infrastructure.benchmarks.slices import Conflict, take_turns, turn_of
from infrastructure.bootstrap import open_platform
from infrastructure.database.pool import connection_options

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from infrastructure.settings import Settings

    Note = Callable[[str], None]

OUR_NAME, ENDPOINT_NAME, BARE_NAME = "ours", "bare endpoint", "bare insert"
INSTRUMENTS_A_CLIENT = 16
CATCH_UP_SECONDS = 30


def bench_reserve(
    settings: Settings,
    dsn: str,
    *,
    clients: int,
    seconds: int,
    workers: int = 1,
    progress: Note = lambda _: None,
) -> BenchResult:
    """Measure confirmed reservations by `clients` connections, `seconds` turns for each contestant.

    Our worker projects meanwhile; the others' turns begin only when it has caught up, so that ours pays for it.
    Raises `BenchFailed` for a database that is not durable, or where a server does not start.
    """
    now = datetime.now(UTC)
    with ExitStack() as stack:
        server = stack.enter_context(bench_schemas(dsn))
        with open_platform(settings, dsn, only=OURS) as platform:
            fixture = furnish(platform.jurisdictions[OURS], clients * INSTRUMENTS_A_CLIENT, now)
        watch: psycopg.Connection[Any] = stack.enter_context(psycopg.connect(dsn, autocommit=True))
        _bare_tables(watch, fixture)
        variables = environment(settings, dsn)
        stack.enter_context(running([sys.executable, "-c", WORKER], variables))
        ours = stack.enter_context(serving(OUR_APP, workers, variables))
        endpoint = stack.enter_context(serving(BARE_APP, workers, variables))
        targets = {OUR_NAME: (ours, "/api/v1/reservations"), ENDPOINT_NAME: (endpoint, "/reservations")}
        ask = stack.enter_context(_clients(targets, fixture, clients, now, variables))
        turns = {
            OUR_NAME: lambda span: _caught_up(watch, ask(OUR_NAME, span)),
            ENDPOINT_NAME: lambda span: ask(ENDPOINT_NAME, span),
            BARE_NAME: turn_of([_bare(stack, dsn, now) for _ in range(clients)]),
        }
        measured = take_turns(turns, seconds, progress)
    wanted = {"clients": clients, "seconds": seconds, "workers": workers, "pool_size": settings.pool_size}
    return result_of("reserve", OUR_NAME, measured, server | wanted | {"append_form": settings.append_form})


def _bare_tables(connection: psycopg.Connection[Any], fixture: Fixture) -> None:
    for table in ("commands", "slot_claims", "token_claims"):
        connection.execute(f"CREATE TABLE {BARE}.{table} (LIKE {OURS}.{table} INCLUDING ALL)")
    connection.execute(f"CREATE TABLE {BARE}.bare_slots (LIKE {OURS}.slot_claims INCLUDING ALL)")
    connection.execute(
        f"INSERT INTO {BARE}.token_claims (token_hash, user_id, role) VALUES (%s, %s, 'user')",  # noqa: S608 - a constant
        (fixture.token_hash, fixture.user),
    )


@contextmanager
def _clients(
    targets: dict[str, tuple[int, str]], fixture: Fixture, clients: int, now: datetime, variables: dict[str, str]
) -> Iterator[Callable[[str, float], Slice]]:
    """The clients' process; what is yielded gives one target a turn."""
    shares = [[str(item) for item in fixture.instruments[number::clients]] for number in range(clients)]
    configuration = {
        "targets": {name: {"port": port, "path": path} for name, (port, path) in targets.items()},
        "instruments": shares,
        "token": fixture.token,
        "purpose": fixture.purpose,
        "first": _first_slot(now).isoformat(),
        "slot_minutes": SLOT_MINUTES,
    }
    command = [sys.executable, "-m", "infrastructure.benchmarks.client"]
    with subprocess.Popen(  # noqa: S603 - our own module
        command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        into, out = process.stdin, process.stdout

        def send(document: dict[str, Any]) -> None:
            into.write(json.dumps(document) + "\n")
            into.flush()

        def ask(target: str, seconds: float) -> Slice:
            send({"target": target, "seconds": seconds})
            return Slice(**json.loads(out.readline()))

        send(configuration)
        yield ask
        into.close()


def _caught_up(connection: psycopg.Connection[Any], result: Slice) -> Slice:
    """The result, once the read models stand where the log does."""
    until = time.monotonic() + CATCH_UP_SECONDS
    behind = (
        f"SELECT (SELECT coalesce(max(position), 0) FROM {OURS}.events)"  # noqa: S608 - a constant
        f" > (SELECT coalesce(min(position), 0) FROM {OURS}.read_models WHERE failed_position IS NULL)"
    )
    while time.monotonic() < until and connection.execute(behind).fetchone() == (True,):
        time.sleep(0.05)
    return result


def _bare(stack: ExitStack, dsn: str, now: datetime) -> Callable[[], None]:
    options: Any = connection_options(BARE)
    connection: psycopg.Connection[Any] = stack.enter_context(psycopg.connect(dsn, **options))
    own = [uuid4() for _ in range(INSTRUMENTS_A_CLIENT)]
    numbers, first, slot = count(), _first_slot(now), timedelta(minutes=SLOT_MINUTES)
    statement = "INSERT INTO bare_slots (holder, resource, lane, during) VALUES (%s, %s, 1, %s)"

    def reserve() -> None:
        number = next(numbers)
        start = first + slot * (number // len(own))
        during = Range(start, start + slot, "[)")
        try:
            connection.execute(statement, (uuid4(), own[number % len(own)], during), prepare=True)
        except psycopg.errors.ExclusionViolation as error:
            raise Conflict from error

    return reserve


def _first_slot(now: datetime) -> datetime:
    """The first slot asked for: a full hour of tomorrow, on every grid."""
    return (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
