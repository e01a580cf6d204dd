# SPDX-License-Identifier: Apache-2.0
"""Contestants take turns of one second each, so that a slow moment of the machine hits all of them alike."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from infrastructure.benchmarks.result import Measured, Slice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Turn = Callable[[float], Slice]

SLICE_SECONDS = 1.0
WARM_UP_SECONDS = 0.5


class Conflict(Exception):
    """The database refused what another client already holds."""


def take_turns(turns: Mapping[str, Turn], seconds: int, progress: Callable[[str], None]) -> dict[str, Measured]:
    """Give each contestant `seconds` turns after a short one that does not count; the first changes every round."""
    measured = {name: Measured() for name in turns}
    for turn in turns.values():
        turn(WARM_UP_SECONDS)
    names = list(turns)
    for number in range(seconds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            measured[name].slices.append(turns[name](SLICE_SECONDS))
        rates = ", ".join(f"{name} {item.slices[-1].per_second:,.0f}/s" for name, item in measured.items())
        progress(f"{number + 1}/{seconds}: {rates}")
    return measured


def turn_of(operations: Sequence[Callable[[], object]]) -> Turn:
    """A turn in which each operation is repeated by a thread of its own until the time is over."""
    pool = ThreadPoolExecutor(len(operations))

    def turn(seconds: float) -> Slice:
        begin = time.perf_counter()
        parts = list(pool.map(lambda operation: repeated(operation, begin + seconds), operations))
        whole = Slice(time.perf_counter() - begin)
        for part in parts:
            whole.latencies_ms.extend(part.latencies_ms)
            whole.conflicts += part.conflicts
            whole.errors += part.errors
        return whole

    return turn


def repeated(operation: Callable[[], object], until: float) -> Slice:
    """Repeat an operation until a moment of the performance counter, timing each success."""
    part = Slice(0.0)
    while (begin := time.perf_counter()) < until:
        try:
            operation()
        except Conflict:
            part.conflicts += 1
        except Exception:  # noqa: BLE001 - whatever goes wrong is counted and printed, and spoils nothing else
            part.errors += 1
        else:
            part.latencies_ms.append((time.perf_counter() - begin) * 1000)
    return part
