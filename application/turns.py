# SPDX-License-Identifier: Apache-2.0
"""Taking turns after a collision.

Writers of one process that collide on a number series or a budget would collide again and again while they decide
anew side by side. One after another, each finds the ground as the one before has left it.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_SECONDS = 0.3
"""Whoever waits for longer goes ahead: turns only make collisions rare, the database decides."""


class Turns:
    """One line for each kind of command. Nobody waits where nobody has collided."""

    def __init__(self) -> None:
        self._lines: defaultdict[str, Lock] = defaultdict(Lock)

    @contextmanager
    def taken(self, kind: str, *, collided: bool) -> Iterator[None]:
        """Stand in line after a collision, or where somebody stands in it already."""
        line = self._lines[kind]
        mine = (collided or line.locked()) and line.acquire(timeout=PATIENCE_SECONDS)
        try:
            yield
        finally:
            if mine:
                line.release()
