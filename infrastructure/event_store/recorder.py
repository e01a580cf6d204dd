# SPDX-License-Identifier: Apache-2.0
"""The library's application recorder on our table: no table lock, claims in the same statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import psycopg
from eventsourcing.persistence import ApplicationRecorder, IntegrityError, Notification, StoredEvent

from application.errors import VersionConflict
from infrastructure.database.constraints import translated
from infrastructure.event_store.statement import LOCK, append_sql
from infrastructure.event_store.subscription import TailSubscription
from infrastructure.event_store.tail import Stored, lock_key, stored_from_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.claims import Claim
    from infrastructure.database.pool import Database


class RecordConflict(VersionConflict, IntegrityError):
    """A version conflict, which the library knows as its `IntegrityError` and the bus as its own."""


class CommandRow(NamedTuple):
    """The row that makes a command unrepeatable."""

    command_id: UUID
    body_hash: str
    result: str


class PostgresRecorder(ApplicationRecorder):
    """Inserts and selects stored events. `lock_inside` chooses the single statement; the split form is for sharding."""

    def __init__(self, database: Database, *, lock_inside: bool = True) -> None:
        self.database = database
        self.lock_inside = lock_inside
        self.lock = lock_key(database.schema)

    def insert_events(
        self,
        stored_events: Sequence[StoredEvent],
        *,
        claims: Sequence[Claim] = (),
        reads: Sequence[tuple[UUID, int]] = (),
        command: CommandRow | None = None,
        recorded_at: datetime | None = None,
        **_: Any,  # noqa: ANN401 - the library's signature
    ) -> Sequence[int]:
        """Commit events, claims and command row in one transaction; return the positions, with a command the last one.

        Raises the application's word for a violated constraint, or `Unavailable`.
        """
        sql, parameters = append_sql(
            stored_events, claims, reads, with_command=command is not None, lock_inside=self.lock_inside
        )
        parameters |= {"lock": self.lock, "recorded_at": recorded_at}
        if command:
            parameters |= command._asdict()
        try:
            with self.database.connection() as connection:
                if self.lock_inside:
                    result = connection.run(sql, parameters)
                    return [int(result.get_value(row, 0) or 0) for row in range(result.ntuples)]
                with connection.pipeline(), connection.transaction():
                    connection.execute(LOCK, parameters)
                    return [row[0] for row in connection.execute(sql, parameters).fetchall()]
        except psycopg.Error as error:
            meaning = translated(error)
            if meaning is error:
                raise
            raise (RecordConflict() if isinstance(meaning, VersionConflict) else meaning) from error

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Events of one stream."""
        return [stored.event for stored in self.select_stream(originator_id, gt=gt, lte=lte, desc=desc, limit=limit)]

    def select_stream(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> list[Stored]:
        """Events of one stream with positions and recorded times."""
        order = "DESC" if desc else "ASC"
        sql = (
            "SELECT stream, version, type, state, position, recorded_at FROM events WHERE stream = %s"
            " AND version > coalesce(%s, 0) AND version <= coalesce(%s, 9223372036854775807)"
            f" ORDER BY version {order} LIMIT %s"
        )
        with self.database.reading() as cursor:
            rows = cursor.execute(sql, (originator_id, gt, lte, limit), prepare=True).fetchall()
        return [stored_from_row(row) for row in rows]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """Events by position. Up to `final_position` none can appear later."""
        sql = (
            "SELECT stream, version, type, state, position, recorded_at FROM events"
            f" WHERE position {'>=' if inclusive_of_start else '>'} coalesce(%s, 0)"
            " AND position <= coalesce(%s, 9223372036854775807)"
            " AND (cardinality(%s::text[]) = 0 OR type = ANY(%s)) ORDER BY position LIMIT %s"
        )
        with self.database.reading() as cursor:
            rows = cursor.execute(sql, (start, stop, list(topics), list(topics), limit)).fetchall()
        return [_notification(stored_from_row(row)) for row in rows]

    def max_notification_id(self) -> int | None:
        """The highest position in the log, None while it is empty."""
        with self.database.reading() as cursor:
            row = cursor.execute("SELECT max(position) FROM events").fetchone()
        return row[0] if row else None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> TailSubscription:
        """An endless iterator over the log behind the reader barrier."""
        return TailSubscription(self, gt=gt, topics=topics)


def _notification(stored: Stored) -> Notification:
    event = stored.event
    return Notification(
        originator_id=event.originator_id,
        originator_version=event.originator_version,
        topic=event.topic,
        state=event.state,
        id=stored.position,
    )
