# SPDX-License-Identifier: Apache-2.0
"""A durable PostgreSQL server of a test's own, which it may stop, kill and start again at the same address."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from infrastructure.database.embedded import EmbeddedServer, embedded_server
from infrastructure.database.embedded.locks import open_lock, try_own, wait_for
from infrastructure.database.embedded.programs import run
from tests.log.waiting import LIMIT_SECONDS

ORDERLY, KILL = signal.SIGINT, signal.SIGKILL


@dataclass(frozen=True)
class OwnServer:
    """Waits for the disk at each commit. Only the process that this server's own files name is ever ended."""

    home: Path
    server: EmbeddedServer

    @property
    def _pid_file(self) -> Path:
        return self.home / "cluster" / "postmaster.pid"

    def dsn(self, dbname: str = "tongchou") -> str:
        return self.server.dsn(dbname)

    def configure(self, setting: str, value: str) -> None:
        """As an administrator does, for this life and those to come."""
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as connection:
            connection.execute(SQL("ALTER SYSTEM SET {} = {}").format(Identifier(setting), Literal(value)))
            connection.execute("SELECT pg_reload_conf()")

    def end(self, how: signal.Signals) -> None:
        """Signal the server's first process, and return when all that it started is gone."""
        os.kill(int(self._pid_file.read_text().splitlines()[0]), how)
        with open_lock(self.home / "server.lock") as lock:
            assert wait_for(lambda: try_own(lock), monotonic() + LIMIT_SECONDS), "it ends in time"

    def start(self) -> None:
        """Recover if need be, and answer at the same address."""
        with open_lock(self.home / "server.lock") as lock:
            assert try_own(lock), "it has ended"
            # A killed one leaves its number, which a zombie may still bear.
            for left_behind in (self._pid_file, *self.server.socket_directory.iterdir()):
                left_behind.unlink(missing_ok=True)
            arguments = ("start", "--wait", "--log=server.log", "--pgdata=cluster")
            started = run("pg_ctl", *arguments, home=self.home, keep_open=lock)
        assert started.returncode == 0, started.stdout + started.stderr

    def outage(self, how: signal.Signals) -> tuple[float, float]:
        """End and start it; return when it went away and when it answered again, on the monotonic clock."""
        gone = monotonic()
        self.end(how)
        self.start()
        return gone, monotonic()


@contextmanager
def own_server(home: Path) -> Iterator[OwnServer]:
    with embedded_server(home) as server:
        assert server.is_durable()
        yield OwnServer(home, server)
