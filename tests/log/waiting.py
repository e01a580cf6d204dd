# SPDX-License-Identifier: Apache-2.0
"""Waiting for what must come to pass, with a limit; never for a time in the hope that it has."""

from collections.abc import Callable
from time import monotonic, sleep

LIMIT_SECONDS = 30.0


def until(condition: Callable[[], object], what: str, *, limit: float = LIMIT_SECONDS) -> float:
    """Wait until the condition holds; return the seconds it took."""
    begun = monotonic()
    while not condition():
        assert monotonic() < begun + limit, f"not within {limit} s: {what}"
        sleep(0.005)
    return monotonic() - begun
