# SPDX-License-Identifier: Apache-2.0
"""Reading the tail of the log: every committed event once, in order, also with writers in flight."""

from __future__ import annotations

from threading import Event as Signal
from typing import TYPE_CHECKING, Any

import psycopg
from eventsourcing.persistence import Notification, Subscription

from infrastructure.event_store.recorder import PostgresRecorder, Stored, _stored

if TYPE_CHECKING:
    from collections.abc import Sequence

BARRIER_TIMEOUT = "2s"
POLL_SECONDS = 0.05


class BarrierBusy(Exception):  # noqa: N818 - a passing state, not an error
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
    return [_stored(row) for row in rows]


class TailSubscription(Subscription[PostgresRecorder]):
    """The library's subscription, fed by polling behind the barrier."""

    def __init__(self, recorder: PostgresRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder, gt, topics)
        self._after = gt or 0
        self._batch: list[Notification] = []
        self._stopped = Signal()

    def stop(self) -> None:
        """End the iteration."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        """The next event, waiting for it if need be."""
        while not self._batch:
            if self._stopped.is_set():
                raise StopIteration
            self._fill()
            if not self._batch:
                self._stopped.wait(POLL_SECONDS)
        return self._batch.pop(0)

    def _fill(self) -> None:
        with self._recorder.database.connection() as connection:
            up_to = final_position(connection, self._recorder.lock)
        found = self._recorder.select_notifications(self._after, 500, up_to, self._topics, inclusive_of_start=False)
        self._batch = list(found)
        self._after = found[-1].id if found else max(self._after, up_to)
