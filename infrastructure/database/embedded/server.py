# SPDX-License-Identifier: Apache-2.0
"""A running embedded server, as those who connect to it see it."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from infrastructure.database.embedded.cluster import SUPERUSER
from infrastructure.database.embedded.sockets import PORT

_MAINTENANCE_DATABASE = "postgres"
_CONNECT_LIMIT_SECONDS = 10


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server, reached through the socket in `socket_directory` and nowhere else."""

    socket_directory: Path

    def dsn(self, dbname: str = "tongchou") -> str:
        """Return the connection string of a database, which is created where it does not exist yet."""
        if dbname != _MAINTENANCE_DATABASE:
            self._ensure_database(dbname)
        return self._conninfo(dbname)

    def is_durable(self) -> bool:
        """Whether what is committed survives a power failure."""
        with self._maintenance() as connection:
            return connection.execute("SHOW fsync").fetchone() == ("on",)

    def _conninfo(self, dbname: str) -> str:
        # The port is given too, or else the caller's PGPORT would be taken.
        return make_conninfo(host=str(self.socket_directory), port=PORT, user=SUPERUSER, dbname=dbname)

    def _maintenance(self) -> psycopg.Connection:
        conninfo = self._conninfo(_MAINTENANCE_DATABASE)
        return psycopg.connect(conninfo, autocommit=True, connect_timeout=_CONNECT_LIMIT_SECONDS)

    def _ensure_database(self, dbname: str) -> None:
        with self._maintenance() as connection:
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", [dbname]).fetchone() is None:
                # Another process may ask for it in the same moment, and then it is there just as well.
                with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
                    connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(dbname)))
