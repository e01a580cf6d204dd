# SPDX-License-Identifier: Apache-2.0
"""What is still to happen in the demonstration, in the order of its time."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Agenda:
    """Actions by time; an action may put further ones on the agenda. The log's times therefore never go back."""

    def __init__(self, start: datetime) -> None:
        self.now = start
        self._due: list[tuple[datetime, int, Callable[[datetime], object]]] = []
        self._count = 0

    def at(self, when: datetime, action: Callable[[datetime], object]) -> None:
        """Let `action` happen at `when`, or now where that is past."""
        self._count += 1
        heapq.heappush(self._due, (max(when, self.now), self._count, action))

    def run_until(self, end: datetime) -> None:
        """Let everything happen that is due before `end`."""
        while self._due and self._due[0][0] < end:
            self.now, _, action = heapq.heappop(self._due)
            action(self.now)
        self.now = max(self.now, end)
