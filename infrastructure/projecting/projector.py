# SPDX-License-Identifier: Apache-2.0
"""One projector for all read models of a jurisdiction.

It reads the tail once, applies each event to every read model, and commits rows and positions together: exactly
once, whatever happens. A read model that fails stops alone with its event; the others go on. Leadership is a session
advisory lock on the projector's only connection, fenced by an epoch in the tracking rows: whoever puts other tables
under it raises the epoch, and it begins anew.
"""

from __future__ import annotations

import logging
import zlib
from contextlib import suppress
from threading import Event as Signal
from typing import TYPE_CHECKING, Any

import psycopg

from application.errors import Unavailable
from infrastructure.event_store.tail import BarrierBusy, final_position, lock_key, read_between
from infrastructure.projecting.pace import CALM_SECONDS, Pace
from infrastructure.projecting.rows import CachedRows
from infrastructure.projecting.tables import create_indexes, create_tables, definition_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from domain.kernel.event import Recorded
    from infrastructure.database.pool import Database
    from infrastructure.event_store.mapper import EventMapper
    from projections.readmodel import ReadModel

BATCH = 2_000
IDLE_SECONDS = 0.05
RETRY_SECONDS = 2.0
"""After an error that no outage explains, so that it is said often but not always."""
TOO_LARGE = "54"
"""The class of errors by which the server says that it never will, for example a row too large for its index."""
logger = logging.getLogger("tongchou.projector")


class LeadershipLost(Exception):
    """Another worker leads; this one stands by."""


class Projector:
    """Feeds read models. Use `run` in a worker, `catch_up` where one wants to wait for the end of the log."""

    def __init__(
        self, database: Database, mapper: EventMapper, models: Sequence[ReadModel], *, batch: int = BATCH
    ) -> None:
        """The mapper holds no keys: read models never see personal data. `batch` is the most committed at once."""
        self._batch = batch
        self._database = database
        self._mapper = mapper
        self._models = {model.name: model for model in models}
        self._definitions = {(model.name, definition_hash(model)) for model in models}
        self._connection: psycopg.Connection[Any] | None = None
        self._standby: psycopg.Connection[Any] | None = None
        self._rows: dict[str, CachedRows] = {}
        self._epoch = 0
        self._positions: dict[str, int] = {}

    def close(self) -> None:
        """Give up leadership. The lock is given back first: the server notices a closed connection only later."""
        if self._connection is not None:
            with suppress(psycopg.Error):
                self._connection.execute("SELECT pg_advisory_unlock_all()")
            self._connection.close()
        if self._standby is not None:
            self._standby.close()
        self._connection = self._standby = None

    def lead(self) -> bool:
        """Become the leader, or say that another worker is. Raises `Unavailable`.

        Whoever stands by keeps his connection to ask again. Read models whose tables are not those of this version are
        left alone until `migrate` has made theirs.
        """
        if self._connection is not None and not self._connection.closed:
            return True
        if self._standby is None or self._standby.closed:
            self._standby = self._database.connect()
        connection = self._standby
        row = connection.execute("SELECT pg_try_advisory_lock(%s)", (leader_key(self._database.schema),)).fetchone()
        if not row or not row[0]:
            return False
        self._connection, self._standby = connection, None
        tracked = connection.execute(
            "UPDATE read_models SET epoch = epoch + 1 RETURNING name, position, epoch, failed_position, definition"
        ).fetchall()
        self._epoch = max((row[2] for row in tracked), default=0)
        connection.execute("UPDATE read_models SET epoch = %s", (self._epoch,))
        migrated = {row[0] for row in tracked if (row[0], row[4]) in self._definitions}
        for name in self._models.keys() - migrated:
            logger.error("read model %s of %s stands still: run `tongchou migrate`", name, self._database.schema)
        self._positions = {row[0]: row[1] for row in tracked if row[0] in migrated and row[3] is None}
        self._rows = {name: CachedRows(connection, empty=self._positions[name] == 0) for name in self._positions}
        return True

    def catch_up(self, progress: Callable[[int, int], None] | None = None, *, up_to: int | None = None) -> int:
        """Apply everything that is final now, or no more than `up_to` a position; return the position reached."""
        end = self._final()
        end = end if up_to is None else min(end, up_to)
        while (start := min(self._positions.values(), default=end)) < end:
            batch = read_between(self._leading, start, end, self._batch)
            events = [self._mapper.to_recorded(item.event, item.position, item.recorded_at) for item in batch]
            reached = events[-1].position if len(events) == self._batch else end
            self._apply(events, reached)
            if progress:
                progress(reached, end)
        return end

    def run(self, stop: Signal, wake: Signal | None = None) -> None:
        """Follow the log until told to stop: on each hint, and without hints at least every fifty milliseconds."""
        waiting, troubled, pace = wake or Signal(), False, Pace()
        while not stop.is_set():
            rest = CALM_SECONDS
            try:
                if self.lead():
                    rest = pace.rest(self.catch_up())
                troubled = False
            except LeadershipLost:  # as meant: a rebuild put new tables in place, or another worker leads
                logger.info("projector of %s reads its tables anew", self._database.schema)
                self._start_over(stop, IDLE_SECONDS)
            except BarrierBusy:
                logger.warning("projector of %s waits for a slow writer", self._database.schema)
            except (psycopg.OperationalError, psycopg.InterfaceError, Unavailable) as error:
                if not troubled:  # said once an outage, which may last for hours
                    logger.warning("projector of %s starts over until it succeeds: %r", self._database.schema, error)
                troubled = True
                self._start_over(stop, IDLE_SECONDS * 10)
            except Exception:  # another worker, of a newer release perhaps, may be able to
                logger.exception("projector of %s cannot go on and gives up leadership", self._database.schema)
                self._start_over(stop, RETRY_SECONDS)
            stop.wait(rest)
            waiting.wait(IDLE_SECONDS)
            waiting.clear()
        self.close()

    def _start_over(self, stop: Signal, pause: float) -> None:
        self.close()
        stop.wait(pause)

    @property
    def _leading(self) -> psycopg.Connection[Any]:
        if self._connection is None:
            raise LeadershipLost
        return self._connection

    def _final(self) -> int:
        row = self._leading.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END, (SELECT max(epoch) FROM read_models)"
            " FROM events_position_seq",
            prepare=True,
        ).fetchone()
        last, epoch = row or (0, None)
        if epoch is not None and epoch != self._epoch:
            raise LeadershipLost
        if last <= min(self._positions.values(), default=last):
            return last
        return final_position(self._leading, lock_key(self._database.schema))

    def _apply(self, events: list[Recorded], reached: int) -> None:
        healthy = list(self._positions)
        try:
            self._commit(healthy, events, reached)
        except Exception as error:
            if not _is_its_own_fault(error):
                raise
            for name in healthy:  # which one failed is found by trying each alone
                self._apply_alone(name, events, reached)

    def _apply_alone(self, name: str, events: list[Recorded], reached: int) -> None:
        """Advance one read model event by event up to the one that fails, if any."""
        for place, event in enumerate(events):
            try:
                last = place == len(events) - 1
                self._commit([name], [event], reached if last else event.position)
            except Exception as error:
                if not _is_its_own_fault(error):
                    raise
                logger.exception(
                    "read model %s of %s stopped at position %s, %s",
                    name,
                    self._database.schema,
                    event.position,
                    event.event.TYPE,
                )
                self._leading.execute(
                    "UPDATE read_models SET failed_position = %s, error = %s WHERE name = %s AND epoch = %s",
                    (event.position, f"{type(error).__name__}: {error}", name, self._epoch),
                )
                del self._positions[name]
                return

    def _commit(self, names: list[str], events: list[Recorded], reached: int) -> None:
        try:
            with self._leading.transaction():
                # Before any table is touched: a rebuild holds these rows while it waits for nobody to use the tables.
                self._track(names, reached)
                types = {each.event.TYPE for each in events}
                for name in names:
                    if not types.isdisjoint(self._models[name].types or types):
                        self._feed(name, events)
                self._flush(names)
        except BaseException:
            for name in names:
                self._rows[name].forget()
                self._rows[name] = CachedRows(self._leading)
            raise
        for name in names:
            self._positions[name] = max(self._positions[name], reached)  # one further ahead waits for the others

    def _flush(self, names: Iterable[str]) -> None:
        with self._leading.pipeline():
            for name in names:
                self._rows[name].flush()

    def _track(self, names: list[str], reached: int) -> None:
        """Move the positions, if no other leader has raised the epoch since."""
        moved = self._leading.execute(
            "UPDATE read_models SET position = %s WHERE name = ANY(%s) AND epoch = %s AND position < %s",
            (reached, names, self._epoch, reached),
        ).rowcount
        if moved != sum(self._positions[name] < reached for name in names):
            raise LeadershipLost

    def _feed(self, name: str, events: list[Recorded]) -> None:
        model, rows, after = self._models[name], self._rows[name], self._positions[name]
        read = [
            each for each in events if each.position > after and (model.types is None or each.event.TYPE in model.types)
        ]
        rows.expect(each.stream for each in read)
        for event in read:
            model.apply(event, rows)


def _is_its_own_fault(error: Exception) -> bool:
    """Whether a read model failed, and not the database or the leadership under it."""
    if isinstance(error, psycopg.OperationalError):
        return (error.sqlstate or "").startswith(TOO_LARGE)
    return not isinstance(error, psycopg.InterfaceError | LeadershipLost)


def leader_key(schema: str) -> int:
    """The advisory lock of a jurisdiction's leading worker."""
    return zlib.crc32(f"tongchou.leader.{schema}".encode())


def ensure_tracking(connection: psycopg.Connection[Any], models: Sequence[ReadModel]) -> None:
    """Make tables and tracking rows of read models that are new or whose definition changed."""
    known = dict(connection.execute("SELECT name, definition FROM read_models").fetchall())
    for model in models:
        definition = definition_hash(model)
        if known.get(model.name) == definition:
            continue
        with connection.transaction():
            create_tables(connection, model)
            for table in model.tables:
                create_indexes(connection, table)
            connection.execute(
                "INSERT INTO read_models (name, position, definition) VALUES (%s, 0, %s) ON CONFLICT ON CONSTRAINT"
                # A new epoch stops a leader that still fills the tables as they were.
                " read_models_pk DO UPDATE SET position = 0, epoch = read_models.epoch + 1,"
                " definition = excluded.definition,"
                " failed_position = NULL, error = NULL",
                (model.name, definition),
            )
