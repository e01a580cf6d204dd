# SPDX-License-Identifier: Apache-2.0
"""For work that makes very many small values and drops them again, and for processes that live long."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SELDOM = (20_000, 20, 20)
"""New values before the first look, first looks before a second one, second ones before a look at everything."""


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


def settle() -> None:
    """Say that what is in memory now will stay: it is not looked through again for values that hold each other.

    A million such values (modules, regulations, words, routes) took a tenth of a second each time, in the middle of
    whatever request it fell into. An answer makes many thousand values and drops them: look less often, too.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
