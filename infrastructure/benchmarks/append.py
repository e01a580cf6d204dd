# SPDX-License-Identifier: Apache-2.0
"""`bench append`: one event a transaction, by our recorder, by the library's own, and by a bare insert."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import psycopg
from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from infrastructure.benchmarks.result import BenchResult, result_of
from infrastructure.benchmarks.schemas import BARE, OURS, STOCK, bench_schemas
from infrastructure.benchmarks.slices import take_turns, turn_of
from infrastructure.database.pool import Database, connection_options
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder

if TYPE_CHECKING:
    from collections.abc import Callable

STATE = b"x" * 400
TYPE = "reservations.ReservationRequested"
OUR_NAME, STOCK_NAME, BARE_NAME = "ours", "stock recorder", "bare insert"
WITH_COMMAND = "ours with command row"


def bench_append(
    dsn: str, *, writers: int, seconds: int, progress: Callable[[str], None] = lambda _: None
) -> BenchResult:
    """Measure appends of 400-byte events to new streams by `writers` threads, `seconds` turns for each contestant.

    The bare insert writes into a table with the same columns and constraints. The commands that users issue also
    write a row that makes them unrepeatable; what that costs stands in the settings.
    """
    with ExitStack() as stack:
        server = stack.enter_context(bench_schemas(dsn))
        turns = {
            OUR_NAME: turn_of([_ours(stack, dsn, writers)] * writers),
            STOCK_NAME: turn_of([_stock(stack, dsn, writers)] * writers),
            BARE_NAME: turn_of([_bare(stack, dsn, number) for number in range(writers)]),
            WITH_COMMAND: turn_of([_ours(stack, dsn, writers, with_command=True)] * writers),
        }
        measured = take_turns(turns, seconds, progress)
    commands = measured.pop(WITH_COMMAND)
    settings = server | {
        "writers": writers,
        "seconds": seconds,
        "state_bytes": len(STATE),
        f"{WITH_COMMAND}: per second": round(commands.per_second, 1),
        f"{WITH_COMMAND}: of bare insert": round(commands.ratio_to(measured[BARE_NAME]), 3),
    }
    return result_of("append", OUR_NAME, measured, settings)


def _event() -> StoredEvent:
    return StoredEvent(originator_id=uuid4(), originator_version=1, topic=TYPE, state=STATE)


def _ours(stack: ExitStack, dsn: str, writers: int, *, with_command: bool = False) -> Callable[[], object]:
    database = Database(dsn, OURS, size=writers)
    stack.callback(database.close)
    recorder = PostgresRecorder(database)
    if with_command:
        return lambda: recorder.insert_events([_event()], command=CommandRow(uuid4(), "0" * 64, "{}"))
    return lambda: recorder.insert_events([_event()])


def _stock(stack: ExitStack, dsn: str, writers: int) -> Callable[[], object]:
    parts: dict[str, Any] = conninfo_to_dict(dsn)
    datastore = PostgresDatastore(
        dbname=str(parts.get("dbname", "")),
        host=str(parts.get("host", "")),
        port=str(parts.get("port", "")),
        user=str(parts.get("user", "")),
        password=str(parts.get("password", "")),
        pool_size=writers,
        schema=STOCK,
    )
    stack.callback(datastore.close)
    recorder = PostgresApplicationRecorder(datastore)
    recorder.create_table()
    return lambda: recorder.insert_events([_event()])


def _bare(stack: ExitStack, dsn: str, number: int) -> Callable[[], object]:
    options: Any = connection_options(BARE)
    connection = stack.enter_context(psycopg.connect(dsn, **options))
    if number == 0:
        connection.execute(f"CREATE TABLE events (LIKE {OURS}.events INCLUDING ALL)")
    statement = "INSERT INTO events (stream, version, type, state) VALUES (%s, 1, %s, %s) RETURNING position"
    return lambda: connection.execute(statement, (uuid4(), TYPE, STATE), prepare=True).fetchone()
