# SPDX-License-Identifier: Apache-2.0
"""Hints that something was committed: one merged NOTIFY a process, outside the writers' transactions.

A hint may be lost; whoever listens also polls.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from threading import Event as Signal
from threading import Thread
from typing import TYPE_CHECKING, Any

import psycopg

from application.errors import Unavailable

if TYPE_CHECKING:
    from infrastructure.database.pool import Database

RETRY_SECONDS = 1.0
LISTEN_SECONDS = 5.0
PACE_SECONDS = 0.02
"""At the least between two notifications of a process. Under load each commit would send its own, and cost two."""
logger = logging.getLogger("tongchou.hints")


def channel(schema: str) -> str:
    """The notification channel of a jurisdiction."""
    return f"tongchou_{schema}"


class HintSender:
    """Merges the commits of this process into few notifications."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._due = Signal()
        self._stop = Signal()
        self._thread = Thread(target=self._run, name=f"hints-{database.schema}", daemon=True)
        self._thread.start()

    def committed(self) -> None:
        """Say that something is new; returns at once."""
        self._due.set()

    def close(self) -> None:
        """Stop the thread."""
        self._stop.set()
        self._due.set()
        self._thread.join(timeout=2)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._due.wait()
            self._due.clear()
            if self._stop.is_set():
                return
            with suppress(Unavailable, psycopg.Error), self._database.reading() as cursor:
                cursor.execute("SELECT pg_notify(%s, '')", (channel(self._database.schema),))
            self._stop.wait(PACE_SECONDS)


class HintListener:
    """Sets a signal for each notification of a jurisdiction."""

    def __init__(self, database: Database, wake: Signal) -> None:
        self._database = database
        self._wake = wake
        self._stop = Signal()
        self._thread = Thread(target=self._run, name=f"listen-{database.schema}", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop the thread."""
        self._stop.set()
        self._thread.join(timeout=LISTEN_SECONDS + 2)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                with self._database.connect() as connection:
                    self._listen(connection)
            except (Unavailable, psycopg.Error):
                self._stop.wait(RETRY_SECONDS)

    def _listen(self, connection: psycopg.Connection[Any]) -> None:
        connection.execute(f'LISTEN "{channel(self._database.schema)}"')
        while not self._stop.is_set():
            for _ in connection.notifies(timeout=0.5, stop_after=1):
                self._wake.set()
