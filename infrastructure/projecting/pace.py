# SPDX-License-Identifier: Apache-2.0
"""How long a projector that follows the log rests between two batches."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CALM_SECONDS = 0.02
"""At the least, so that a batch holds several events already at moderate load."""
BUSY_SECONDS = 0.08
BUSY_RATE = 500
"""Events a second. Above, fewer and larger batches leave the processors to those who write the events."""
JUDGED_SECONDS = 0.5
"""Over so long at the least, so that a burst after a moment of silence does not count as load."""


class Pace:
    """Measures by positions how fast the log grows; its gaps are few."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._since: tuple[float, int] | None = None
        self._rest = CALM_SECONDS

    def rest(self, reached: int) -> float:
        """Seconds to rest after a batch that reached a position."""
        now = self._monotonic()
        if self._since is None:
            self._since = (now, reached)
        elapsed, grown = now - self._since[0], reached - self._since[1]
        if elapsed >= JUDGED_SECONDS:
            self._rest = BUSY_SECONDS if grown > BUSY_RATE * elapsed else CALM_SECONDS
            self._since = (now, reached)
        return self._rest
