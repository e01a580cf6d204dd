# SPDX-License-Identifier: Apache-2.0
"""Ends what takes too long by closing its socket.

A cancelled COMMIT may be acknowledged although no standby has it. A lost connection is never mistaken for success: the
outcome is unknown, and the command is repeated under its id.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from contextlib import suppress
from threading import Event as Signal
from threading import Thread
from typing import Any

import psycopg

TICKS = 4
"""A look at this part of the limit."""
logger = logging.getLogger("tongchou.watchdog")


class Watchdog:
    """Watches connections while they are in use, from a thread that sleeps most of the time."""

    def __init__(self, seconds: float, name: str) -> None:
        self._seconds = seconds
        self._name = name
        self._since: dict[psycopg.Connection[Any], float] = {}
        self._stop = Signal()
        Thread(target=self._run, name=f"watchdog-{name}", daemon=True).start()

    def watch(self, connection: psycopg.Connection[Any]) -> None:
        """Close the connection's socket if it is not released within the limit."""
        self._since[connection] = time.monotonic()

    def release(self, connection: psycopg.Connection[Any]) -> None:
        """Watch it no longer: from here on it may be somebody else's."""
        del self._since[connection]

    def close(self) -> None:
        """Watch no longer."""
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds / TICKS):
            latest = time.monotonic() - self._seconds
            for connection, since in list(self._since.items()):
                if since < latest:
                    self._end(connection, since)

    def _end(self, connection: psycopg.Connection[Any], since: float) -> None:
        # Without a lock: if it is released in this very moment, its next user finds it lost, and does it again.
        with suppress(OSError, psycopg.Error):
            if self._since.get(connection) == since:
                logger.warning("%s: closing a connection that was in use for %s s", self._name, self._seconds)
                # Shut down, not closed: the thread that waits on it wakes up and finds the connection lost.
                with socket.socket(fileno=os.dup(connection.fileno())) as shared:
                    shared.shutdown(socket.SHUT_RDWR)
