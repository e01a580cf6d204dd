# SPDX-License-Identifier: Apache-2.0
"""Writers in processes of their own: fast ones, slow ones, some that give up, and some that are killed.

Each notes what it was told to be committed, and when, in a file that outlives it.
"""

import json
import logging
import multiprocessing
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any, Literal, NamedTuple
from uuid import UUID, uuid4

import psycopg
from eventsourcing.persistence import StoredEvent

from application.errors import Unavailable
from domain.kernel.actor import Actor, Role
from domain.kernel.event import Meta
from domain.parties.events import UnitRenamed
from infrastructure.database.pool import Database
from infrastructure.event_store.mapper import EventMapper, Pending
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.event_store.statement import LOCK, append_sql
from tests.fixtures import NOON

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.log.writers", "tests.log.application"])
"""Forked from a process without threads that has imported everything once: a new one starts in milliseconds."""

SLOWEST_SECONDS = 0.4
FOREVER_SECONDS = 60.0
Kind = Literal["fast", "slow", "giving up", "doomed"]
THREADS: dict[Kind, int] = {"fast": 2, "slow": 3, "giving up": 2, "doomed": 1}


class GivenUp(Exception):
    """Rolls a transaction back."""


class Note(NamedTuple):
    """One transaction: its stream, the positions drawn, and when it was noted, on the monotonic clock."""

    stream: UUID
    positions: list[int]
    at: float


@dataclass(frozen=True)
class Post:
    """Where a writer writes, where it takes notes, and the file that tells it to stop."""

    dsn: str
    schema: str
    lock_inside: bool
    notes: Path
    stop: Path


def write(kind: Kind, post: Post, seed: int) -> None:
    """What a writer's process does until it is told to stop, or killed."""
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # outages are what this is about
    with opened(post) as recorder:
        threads = [
            Thread(target=_write, args=(kind, recorder, post, Random(f"{seed} {number}")))
            for number in range(THREADS[kind])
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@contextmanager
def opened(post: Post) -> Iterator[PostgresRecorder]:
    database = Database(post.dsn, post.schema, size=8)
    try:
        yield PostgresRecorder(database, lock_inside=post.lock_inside)
    finally:
        database.close()


def _write(kind: Kind, recorder: PostgresRecorder, post: Post, chance: Random) -> None:
    while not post.stop.exists():
        try:
            if kind == "fast":
                new = events(chance)
                note(post, "committed", new, recorder.insert_events(new))
                time.sleep(chance.uniform(0, 0.02))
            else:
                _in_a_long_transaction(kind, recorder, post, chance)
        except GivenUp:
            continue
        except (Unavailable, psycopg.OperationalError):
            time.sleep(0.05)  # the server is away


def _in_a_long_transaction(kind: Kind, recorder: PostgresRecorder, post: Post, chance: Random) -> None:
    """The recorder's own statement, in a transaction that takes its time before it ends."""
    with recorder.database.connect() as connection:
        try:
            with connection.transaction():
                new = events(chance)
                positions = append(connection, recorder, new)
                if kind == "doomed":
                    note(post, "doomed", new, positions)
                    time.sleep(FOREVER_SECONDS)
                time.sleep(chance.uniform(0, SLOWEST_SECONDS))
                if kind == "giving up":
                    note(post, "given up", new, positions)
                    raise GivenUp
        finally:
            connection.close()
        if kind == "slow":
            note(post, "committed", new, positions)


def append(
    connection: psycopg.Connection[tuple[Any, ...]], recorder: PostgresRecorder, new: list[StoredEvent]
) -> list[int]:
    sql, parameters = append_sql(new, with_command=False, lock_inside=recorder.lock_inside)
    parameters |= {"lock": recorder.lock, "recorded_at": None}
    if not recorder.lock_inside:
        connection.execute(LOCK, parameters)
    return [position for (position,) in connection.execute(sql, parameters).fetchall()]


def events(chance: Random) -> list[StoredEvent]:
    """One to four events of a new stream."""
    stream, mapper = uuid4(), EventMapper(None)
    return [mapper.to_stored_event(_pending(stream, version)) for version in range(1, chance.randint(2, 5))]


def _pending(stream: UUID, version: int) -> Pending:
    actor = Actor(user=stream, role=Role.SYSTEM)
    meta = Meta(occurred_at=NOON, actor=actor, command_id=uuid4(), command="RenameUnit", correlation_id=stream)
    return Pending(stream, version, UnitRenamed(name_zh="中心", name_en="Centre", reason="test"), meta)


def note(post: Post, what: str, new: list[StoredEvent], positions: Sequence[int]) -> None:
    """One line in one write, so that a kill leaves none half written; the clock is the same for all processes."""
    line = {"what": what, "stream": str(new[0].originator_id), "positions": list(positions), "at": time.monotonic()}
    file = os.open(post.notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, json.dumps(line).encode() + b"\n")
    finally:
        os.close(file)


def noted(post: Post, what: str) -> list[Note]:
    if not post.notes.exists():
        return []
    notes = [json.loads(line) for line in post.notes.read_text().splitlines()]
    return [Note(UUID(item["stream"]), item["positions"], item["at"]) for item in notes if item["what"] == what]
