# SPDX-License-Identifier: Apache-2.0
"""The connections of one jurisdiction: a small pool whose search_path is its schema."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from application.errors import Unavailable
from infrastructure.database.constraints import is_outage

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_SECONDS = 1.5
CONNECT_SECONDS = 2


def connection_options(schema: str, *, relaxed: bool = False) -> dict[str, object]:
    """How every connection of a jurisdiction is opened: its schema first, public for extensions, UTC.

    A `relaxed` connection does not wait for the disk at each commit: only for filling demonstrations, which go on
    where they were cut off.
    """
    patience = " -c synchronous_commit=off" if relaxed else ""
    return {
        "options": f"-c search_path={schema},public -c timezone=UTC{patience}",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 5,
        "tcp_user_timeout": 10_000,
        "autocommit": True,
    }


class Database:
    """One jurisdiction's schema. Raises `Unavailable` within two seconds when the server is away."""

    def __init__(self, dsn: str, schema: str, *, size: int = 8, relaxed: bool = False) -> None:
        self.dsn = dsn
        self.schema = schema
        self._pool = ConnectionPool(
            dsn,
            kwargs=connection_options(schema, relaxed=relaxed),
            min_size=1,
            max_size=size,
            timeout=WAIT_SECONDS,
            reconnect_timeout=5,
            open=True,
            name=schema,
        )

    def connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection outside the pool, for those that keep one: projector, listener."""
        try:
            return psycopg.connect(self.dsn, **connection_options(self.schema))  # type: ignore[arg-type]
        except psycopg.OperationalError as error:
            raise Unavailable(detail=type(error).__name__) from error

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A pooled connection in autocommit mode. Broken ones are replaced, the outage becomes `Unavailable`."""
        try:
            # Not the pool's own context: that sends a commit, which an autocommit connection has no use for.
            connection = self._pool.getconn()
            try:
                yield connection
            finally:
                self._pool.putconn(connection)
        except PoolTimeout as error:
            self._pool.check()
            raise Unavailable(detail="no connection") from error
        except psycopg.Error as error:
            if not is_outage(error):
                raise
            self._pool.check()
            raise Unavailable(detail=type(error).__name__) from error

    @contextmanager
    def reading(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor for single statements."""
        with self.connection() as connection, connection.cursor() as cursor:
            yield cursor

    @contextmanager
    def writing(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor inside one transaction."""
        with self.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            yield cursor

    def close(self) -> None:
        """Give all connections back."""
        self._pool.close()
