# SPDX-License-Identifier: Apache-2.0
"""Work beside the event loop, in threads of this process.

The framework's own way asks at each call which loop is running and counts its callers by task: an eighth of what the
whole answer to a command takes.
"""

from __future__ import annotations

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

THREADS = 40
"""At most so many at once; who comes later waits for one."""
T = TypeVar("T")
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="answer")


async def in_thread(function: Callable[..., T], *arguments: object) -> T:
    """What the function returns, or raises."""
    return await get_running_loop().run_in_executor(_threads, function, *arguments)
