# SPDX-License-Identifier: Apache-2.0
"""The clock and the ids that everything else is given."""

from __future__ import annotations

import os
import random
import time
from datetime import UTC, datetime
from threading import Lock
from uuid import UUID

RANDOM_BITS = 74
NOISE_BYTES, NOISES_AT_ONCE = 10, 256
VERSION_7 = 0x7
VARIANT = 0b10
IDS_OF_A_STEP = 100


def system_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def time_ordered_id() -> UUID:
    """A UUID of version 7: milliseconds first, so that new rows stand together in an index (RFC 9562)."""
    return _uuid7(time.time_ns() // 1_000_000, _noise())


class _Noise:
    """Random bits of the operating system, fetched for many ids at once: each time lets go of the interpreter."""

    def __init__(self) -> None:
        self._begin()
        os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """Of what a process has left no child gives out the same."""
        self._lock = Lock()
        self._left: list[int] = []

    def __call__(self) -> int:
        with self._lock:
            if not self._left:
                fetched = os.urandom(NOISE_BYTES * NOISES_AT_ONCE)
                cut = (fetched[place : place + NOISE_BYTES] for place in range(0, len(fetched), NOISE_BYTES))
                self._left = [int.from_bytes(each) >> NOISE_BYTES * 8 - RANDOM_BITS for each in cut]
            return self._left.pop()


_noise = _Noise()


def _uuid7(milliseconds: int, noise: int) -> UUID:
    high = milliseconds << 16 | VERSION_7 << 12 | noise >> 62
    return UUID(int=high << 64 | VARIANT << 62 | noise & (1 << 62) - 1)


class SeededIds:
    """Ids that are the same in every run with the same seed, for demonstrations and simulations."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._random = random.Random(seed)  # noqa: S311 - repeatable on purpose
        self._count = 0

    def begin(self, name: str, number: int) -> None:
        """Give from now on the ids that follow from a name and a number, whatever was given before.

        A run that goes on where another was cut off so gives each step the ids it would have had.
        """
        self._random.seed(f"{self._seed}/{name}/{number}")
        self._count = number * IDS_OF_A_STEP

    def __call__(self) -> UUID:
        """The next id of the sequence, time-ordered like the real ones."""
        self._count += 1
        return _uuid7(1_700_000_000_000 + self._count, self._random.getrandbits(RANDOM_BITS))


class SetClock:
    """A clock that stands where it is put, for demonstrations, simulations and tests."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """The instant it was last put to."""
        return self.now
