# SPDX-License-Identifier: Apache-2.0
"""Reading the tail of the log: every committed event once, in order, also with writers in flight."""

from __future__ import annotations

import time
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from eventsourcing.persistence import StoredEvent

if TYPE_CHECKING:
    from datetime import datetime

    import psycopg

BARRIER_SECONDS = 2.0
POLL_SECONDS = 0.001


class Stored(NamedTuple):
    """A stored event with its position and recorded time."""

    event: StoredEvent
    position: int
    recorded_at: datetime


def stored_from_row(row: tuple[Any, ...]) -> Stored:
    """From the columns stream, version, type, state, position, recorded_at."""
    event = StoredEvent(originator_id=row[0], originator_version=row[1], topic=row[2], state=bytes(row[3]))
    return Stored(event, row[4], row[5])


def lock_key(schema: str) -> int:
    """The advisory lock of a jurisdiction, derived from its schema's name."""
    return zlib.crc32(f"tongchou.log.{schema}".encode())


class BarrierBusy(Exception):
    """A writer held its lock for too long; try again."""


def final_position(connection: psycopg.Connection[Any], lock: int) -> int:
    """The position up to which no event can appear any more (the reader barrier).

    Every writer takes the shared lock before it draws a position, and the server gives the lock back only after its
    commit is visible. So: note the sequence's value, then see who holds the lock, then wait until those are done.
    New writers are not kept waiting. Raises `BarrierBusy` after two seconds.
    """
    with connection.pipeline():
        sequence = connection.execute(_LAST_VALUE, prepare=True)
        holders = connection.execute(_HOLDERS, (lock,), prepare=True)
        row = sequence.fetchone()
        writing = {holder for (holder,) in holders.fetchall()}
    deadline = time.monotonic() + BARRIER_SECONDS
    while writing:
        if time.monotonic() > deadline:
            raise BarrierBusy
        time.sleep(POLL_SECONDS)
        writing &= {holder for (holder,) in connection.execute(_HOLDERS, (lock,), prepare=True).fetchall()}
    return int(row[0]) if row else 0


_LAST_VALUE = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_position_seq"
_HOLDERS = """
    SELECT virtualtransaction FROM pg_locks
    WHERE locktype = 'advisory' AND classid = 0 AND objid = %s AND objsubid = 1 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


def read_between(connection: psycopg.Connection[Any], after: int, up_to: int, limit: int) -> list[Stored]:
    """Events with `after < position <= up_to`, in order."""
    rows = connection.execute(
        "SELECT stream, version, type, state, position, recorded_at FROM events"
        " WHERE position > %s AND position <= %s ORDER BY position LIMIT %s",
        (after, up_to, limit),
        prepare=True,
        binary=True,
    ).fetchall()
    return [stored_from_row(row) for row in rows]
