# SPDX-License-Identifier: Apache-2.0
"""The connections of one jurisdiction: a small pool whose search_path is its schema."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from application.errors import Unavailable
from infrastructure.database.constraints import OutcomeUnknown, is_outage, is_unconfirmed
from infrastructure.database.direct import DirectConnection
from infrastructure.database.roles import act_as, app_of, owner_of
from infrastructure.database.schema import MigrationError
from infrastructure.database.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Iterator

WAIT_SECONDS = 1.5
CONNECT_SECONDS = 2
WATCHDOG_SECONDS = 15.0
"""A pooled connection that is in use for longer is ended: what takes longer has a connection of its own."""


def connection_options(schema: str, *, relaxed: bool = False) -> dict[str, object]:
    """How every connection of a jurisdiction is opened: its schema first, public for extensions, UTC; never a standby.

    A `relaxed` connection does not wait for the disk at each commit: only for filling demonstrations, which go on
    where they were cut off.
    """
    patience = " -c synchronous_commit=off" if relaxed else ""
    return {
        "options": f"-c search_path={schema},public -c timezone=UTC{patience}",
        "connect_timeout": CONNECT_SECONDS,
        "keepalives_idle": 5,
        "tcp_user_timeout": 10_000,
        "target_session_attrs": "read-write",
        "autocommit": True,
    }


class Database:
    """One jurisdiction's schema, where everything is done as its application role.

    Raises `Unavailable` within two seconds when the server is away, `OutcomeUnknown` where it went away meanwhile.
    """

    def __init__(
        self, dsn: str, schema: str, *, size: int = 8, relaxed: bool = False, watchdog_seconds: float = WATCHDOG_SECONDS
    ) -> None:
        self.dsn = dsn
        self.schema = schema
        self._unconfirmed: set[psycopg.Connection[Any]] = set()
        self._watchdog = Watchdog(watchdog_seconds, schema)
        self._pool = ConnectionPool(
            dsn,
            connection_class=DirectConnection,
            kwargs=connection_options(schema, relaxed=relaxed),
            min_size=1,
            max_size=size,
            configure=self._pooled,
            timeout=WAIT_SECONDS,
            reconnect_timeout=5,
            open=True,
            name=schema,
        )

    def connect(self, *, owner: bool = False) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection outside the pool, for those that keep one: projector, listener.

        With `owner` it acts as the owner of the tables; raises `MigrationError` where the login may not.
        """
        try:
            connection = psycopg.connect(self.dsn, **connection_options(self.schema))  # type: ignore[arg-type]
            enter = self._as_owner if owner else self._as_app
            enter(connection)
        except psycopg.OperationalError as error:
            raise Unavailable(detail=type(error).__name__) from error
        return connection

    @contextmanager
    def connection(self) -> Iterator[DirectConnection]:
        """A pooled connection in autocommit mode. Broken ones are replaced, the outage becomes `Unavailable`."""
        try:
            # Not the pool's own context: that sends a commit, which an autocommit connection has no use for.
            connection = self._pool.getconn()
        except psycopg.OperationalError as error:
            if isinstance(error, PoolTimeout):
                self._pool.check()
            raise Unavailable(detail="no connection") from error
        self._watchdog.watch(connection)
        try:
            yield connection
            if connection in self._unconfirmed:
                raise OutcomeUnknown(detail="no standby confirmed it")
        except psycopg.Error as error:
            if not is_outage(error):
                raise
            connection.close()  # it may lead to a server that is the primary no longer
            raise OutcomeUnknown(detail=type(error).__name__) from error
        finally:
            self._watchdog.release(connection)
            self._unconfirmed.discard(connection)
            self._pool.putconn(connection)
            if connection.closed:
                self._pool.check()

    @contextmanager
    def reading(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor for single statements."""
        with self.connection() as connection, connection.cursor() as cursor:
            yield cursor

    @contextmanager
    def snapshot(self, *, long: bool = False) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor whose statements all see the same instant and change nothing: a figure and its position agree.

        What takes `long` has a connection of its own, which nobody else waits for.
        """
        with closing(self.connect()) if long else self.connection() as connection, connection.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield cursor
            finally:
                if not connection.closed:
                    connection.execute("COMMIT")  # after a failed statement, too, it only ends the transaction

    @contextmanager
    def writing(self) -> Iterator[psycopg.Cursor[tuple[Any, ...]]]:
        """A cursor inside one transaction."""
        with self.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            yield cursor

    def close(self) -> None:
        """Give all connections back."""
        self._watchdog.close()
        self._pool.close()

    def _pooled(self, connection: psycopg.Connection[Any]) -> None:
        def note(notice: psycopg.errors.Diagnostic) -> None:
            if is_unconfirmed(notice):
                self._unconfirmed.add(connection)

        connection.add_notice_handler(note)
        self._as_app(connection)

    def _as_app(self, connection: psycopg.Connection[Any]) -> None:
        act_as(connection, app_of(self.schema))  # without the role everything works all the same; `verify` reports it

    def _as_owner(self, connection: psycopg.Connection[Any]) -> None:
        owner = owner_of(self.schema)
        if act_as(connection, owner):
            return
        user = connection.info.user
        if connection.execute("SELECT to_regrole(%s)", (owner,)).fetchone() != (None,):
            connection.close()
            message = f"{user} may not act as {owner}, who owns the tables; nothing was changed: use a login that may"
            raise MigrationError(message)
