# SPDX-License-Identifier: Apache-2.0
"""States of aggregates in memory: the least recently used go first, and none stays for longer than some minutes."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from application.ports import Snapshot

KEPT = 20_000
KEPT_SECONDS = 300
"""Bounds how long a decrypted personal value may outlive its key in memory."""


class MemorySnapshots:
    """The port `Snapshots`, for the threads of one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[UUID, tuple[float, str, Snapshot]] = OrderedDict()
        self._lock = Lock()

    def get(self, stream: UUID, name: str) -> Snapshot | None:
        """What was last known of a stream as the aggregate of that name."""
        with self._lock:
            found = self._kept.get(stream)
            if found is None or found[1] != name or found[0] < time.monotonic() - KEPT_SECONDS:
                return None
            self._kept.move_to_end(stream)
            return found[2]

    def put(self, stream: UUID, name: str, snapshot: Snapshot) -> None:
        """Remember a state, unless a later one is known."""
        with self._lock:
            known = self._kept.get(stream)
            if known is not None and known[1] == name and known[2].version > snapshot.version:
                return
            self._kept[stream] = (time.monotonic(), name, snapshot)
            self._kept.move_to_end(stream)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)

    def forget(self, streams: Iterable[UUID]) -> None:
        """Drop what turned out to be behind."""
        with self._lock:
            for stream in streams:
                self._kept.pop(stream, None)

    def clear(self) -> None:
        """Drop everything, where the log was emptied under it (tests)."""
        with self._lock:
            self._kept.clear()
