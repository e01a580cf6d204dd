# SPDX-License-Identifier: Apache-2.0
"""The library's subscription, fed by polling behind the reader barrier."""

from __future__ import annotations

from collections import deque
from threading import Event as Signal
from typing import TYPE_CHECKING, Protocol

from eventsourcing.persistence import ApplicationRecorder, Notification, Subscription

from infrastructure.event_store.tail import BarrierBusy, final_position

if TYPE_CHECKING:
    from collections.abc import Sequence

    from infrastructure.database.pool import Database

POLL_SECONDS = 0.05
BATCH = 500


class TailRecorder(Protocol):
    """What a subscription needs of a recorder."""

    database: Database
    lock: int

    def max_notification_id(self) -> int | None:
        """The highest position in the log, None while it is empty."""

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = ...,
        topics: Sequence[str] = ...,
        *,
        inclusive_of_start: bool = ...,
    ) -> Sequence[Notification]:
        """Events by position."""


class TailSubscription(Subscription[ApplicationRecorder]):
    """The library's subscription, fed by polling behind the barrier.

    Raises `Unavailable` while the server is away; whoever goes on asking goes on where he was.
    """

    def __init__(self, recorder: TailRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        super().__init__(recorder, gt, topics)  # type: ignore[arg-type]
        self._tail = recorder
        self._after = gt or 0
        self._batch: deque[Notification] = deque()
        self._stopped = Signal()

    def stop(self) -> None:
        """End the iteration."""
        super().stop()
        self._stopped.set()

    def __next__(self) -> Notification:
        """The next event, waiting for it if need be."""
        while not self._stopped.is_set():
            if not self._batch:
                self._fill()
            if self._batch:
                return self._batch.popleft()
            self._stopped.wait(POLL_SECONDS)
        raise StopIteration

    def _fill(self) -> None:
        newest = self._tail.max_notification_id() or 0
        try:
            with self._tail.database.connection() as connection:
                up_to = final_position(connection, self._tail.lock)
        except BarrierBusy:
            return  # a slow writer: nothing is final yet
        found = self._tail.select_notifications(self._after, BATCH, up_to, self._topics, inclusive_of_start=False)
        self._batch.extend(found)
        # Never beyond an event that exists: after a crash the server may draw again what no commit had used.
        self._after = found[-1].id if found else max(self._after, newest)
