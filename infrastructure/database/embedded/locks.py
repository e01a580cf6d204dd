# SPDX-License-Identifier: Apache-2.0
"""Locks that the kernel takes back from the dead, so that nothing has to be cleaned up after a kill -9."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

PAUSE_SECONDS = 0.02


@contextmanager
def open_lock(path: Path) -> Iterator[int]:
    """Yield the lock file's descriptor; closing it gives up the lock, unless a child still holds the same file."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def try_share(descriptor: int) -> bool:
    """Hold the lock together with others, unless somebody has it alone."""
    return _try(descriptor, fcntl.LOCK_SH)


def try_own(descriptor: int) -> bool:
    """Hold the lock alone; where that fails, a lock shared before is given up."""
    return _try(descriptor, fcntl.LOCK_EX)


def wait_for(condition: Callable[[], bool], deadline: float) -> bool:
    """Wait until the condition holds, and tell whether it did so before the deadline on the monotonic clock."""
    while not condition():
        if monotonic() > deadline:
            return False
        sleep(PAUSE_SECONDS)
    return True


def _try(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
