# SPDX-License-Identifier: Apache-2.0
"""For work that makes millions of small values and drops them again."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def long_run() -> Iterator[None]:
    """Do not look for values that hold each other in a circle: it takes a quarter of the time and finds next to none.

    All others go as always, when nobody needs them any more.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
