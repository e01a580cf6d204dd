# SPDX-License-Identifier: Apache-2.0
"""Reading the tail of the log: every committed event once, in order, also with writers in flight."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from eventsourcing.persistence import StoredEvent

if TYPE_CHECKING:
    from datetime import datetime

BARRIER_TIMEOUT = "2s"


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

    The sequence's value is noted first; taking the writers' lock exclusively for an instant then waits until every
    writer that drew a position up to it has committed or rolled back. Raises `BarrierBusy` after two seconds.
    """
    row = connection.execute(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_position_seq"
    ).fetchone()
    noted = int(row[0]) if row else 0
    try:
        with connection.transaction():
            connection.execute(f"SET LOCAL lock_timeout = '{BARRIER_TIMEOUT}'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (lock,))
    except psycopg.errors.LockNotAvailable as error:
        raise BarrierBusy from error
    return noted


def read_between(connection: psycopg.Connection[Any], after: int, up_to: int, limit: int) -> list[Stored]:
    """Events with `after < position <= up_to`, in order."""
    rows = connection.execute(
        "SELECT stream, version, type, state, position, recorded_at FROM events"
        " WHERE position > %s AND position <= %s ORDER BY position LIMIT %s",
        (after, up_to, limit),
        prepare=True,
    ).fetchall()
    return [stored_from_row(row) for row in rows]
