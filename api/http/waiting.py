# SPDX-License-Identifier: Apache-2.0
"""Waiting for one's own write: until every read model has reached a position of the log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import anyio

from api.http.errors import HttpRefusal
from api.http.threads import in_thread

if TYPE_CHECKING:
    from infrastructure.bootstrap import Jurisdiction

PAUSE_SECONDS = 0.02


async def until_reached(jurisdiction: Jurisdiction, position: int, *, at_most_seconds: float) -> None:
    """Return once all read models stand at `position` or later; the wait holds no thread.

    Raises `HttpRefusal` read_model_behind, `Unavailable`.
    """
    begun = time.monotonic()
    while await in_thread(reached, jurisdiction) < position:
        waited = time.monotonic() - begun
        if waited >= at_most_seconds:
            raise HttpRefusal(
                "read_model_behind", field="Tongchou-Wait-For", position=position, waited_ms=int(waited * 1000)
            )
        await anyio.sleep(PAUSE_SECONDS)


def reached(jurisdiction: Jurisdiction) -> int:
    """The position that the slowest read model has reached."""
    with jurisdiction.database.reading() as cursor:
        row: Any = cursor.execute("SELECT min(position) FROM read_models").fetchone()
    return int(row[0] or 0)
