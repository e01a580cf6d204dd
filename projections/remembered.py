# SPDX-License-Identifier: Apache-2.0
"""Answers kept until the catalogue changes: what everybody asks for is found once.

The key holds the transaction that last changed the catalogue, as the reader's own snapshot sees it. So an answer is
never older than what the reader may see: an exempt resource leaves with the change that hides it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from projections.paging import Cursor, fetch

MOST_KEPT = 1_000
Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """The answers used last; the one unused longest makes room."""

    def __init__(self, most: int = MOST_KEPT) -> None:
        self._most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, find: Callable[[], Answer]) -> Answer:
        """The answer kept under a key; otherwise find it and keep it."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = find()
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._answers.clear()


def catalogue_state(cursor: Cursor) -> Hashable:
    """What identifies the catalogue a reader sees: the server, the schema, and the last change to it.

    None where nothing was ever entered.
    """
    found = fetch(cursor, "SELECT current_schema() AS schema, xmin::text AS changed FROM instrument_revision")
    if not found:
        return None
    info = cursor.connection.info
    return (info.host, info.port, info.dbname, found[0]["schema"], found[0]["changed"])
