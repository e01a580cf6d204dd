# SPDX-License-Identifier: Apache-2.0
"""Writes events, commands and claims of many commands in one transaction: COPY, and claims set by set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
from eventsourcing.persistence import StoredEvent
from psycopg.types.json import set_json_dumps
from psycopg.types.range import Range

from infrastructure.event_store.tail import lock_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    import psycopg
    from pydantic import JsonValue

    from infrastructure.database.pool import Database
    from infrastructure.simulation.claims import MemoryClaims


class EventLine(NamedTuple):
    """A row of `events`."""

    stream: UUID
    version: int
    type: str
    state: bytes
    recorded_at: datetime

    def stored(self) -> StoredEvent:
        """As the mapper reads it."""
        return StoredEvent(self.stream, self.version, self.type, self.state)


class CommandLine(NamedTuple):
    """A row of `commands`."""

    command_id: UUID
    body_hash: str
    result: dict[str, JsonValue]
    position: int


class OtherWriter(Exception):
    """Somebody else appended to the log; nothing of this transaction was written."""


class BulkWriter:
    """One connection of its own that does not wait for the disk. `position` is that of the last event written."""

    def __init__(self, database: Database) -> None:
        self._connection: psycopg.Connection[Any] = database.connect()
        set_json_dumps(orjson.dumps, self._connection)
        self._connection.execute("SET synchronous_commit = off")
        self._lock = lock_key(database.schema)
        self.position = self._last_value()

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def write(self, events: Sequence[EventLine], commands: Sequence[CommandLine], claims: MemoryClaims) -> None:
        """All of it or nothing. Raises `OtherWriter`, and what a violated constraint raises: a bug then."""
        with self._connection.transaction():
            # Exclusive, where a writer of single commands shares it: whoever reads the tail waits for us all the same.
            self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (self._lock,))
            if self._last_value() != self.position:
                raise OtherWriter
            self._copy("events", ("uuid", "int8", "text", "bytea", "timestamptz"), EventLine._fields, events)
            self._copy("commands", ("uuid", "text", "jsonb", "int8"), CommandLine._fields, commands)
            self._write_claims(claims)
        self.position += len(events)
        assert self.position == self._last_value(), "positions were drawn one by one"

    def _last_value(self) -> int:
        row = self._connection.execute(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM events_position_seq", prepare=True
        ).fetchone()
        return int(row[0]) if row else 0

    def _copy(self, table: str, types: Sequence[str], columns: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
        statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)"
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(types)
            for row in rows:
                copy.write_row(row)

    def _write_claims(self, claims: MemoryClaims) -> None:
        new, execute = claims.unwritten, self._connection.execute
        execute("DELETE FROM slot_claims WHERE holder = ANY(%s)", (list(new.slots),), prepare=True)
        slots = [(holder, claims.slots[holder]) for holder in new.slots if holder in claims.slots]
        self._copy(
            "slot_claims",
            ("uuid", "uuid", "int4", "tstzrange"),
            ("holder", "resource", "lane", "during"),
            ((holder, slot.resource, slot.lane, Range(slot.start, slot.end, "[)")) for holder, slot in slots),
        )
        accounts = [(account, *claims.accounts[account]) for account in new.accounts]
        execute(
            "INSERT INTO account_claims (account, used, cap)"
            " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[])"
            " ON CONFLICT ON CONSTRAINT accounts_pk DO UPDATE SET used = excluded.used, cap = excluded.cap",
            _columns(accounts, 3),
            prepare=True,
        )
        execute(
            "INSERT INTO series_claims (series, last) SELECT * FROM unnest(%s::text[], %s::bigint[])"
            " ON CONFLICT ON CONSTRAINT series_pk DO UPDATE SET last = excluded.last",
            _columns([(series, claims.series[series]) for series in new.series], 2),
            prepare=True,
        )
        execute(
            "DELETE FROM key_claims AS k USING unnest(%s::text[], %s::text[]) AS r (kind, value)"
            " WHERE k.kind = r.kind AND k.value = r.value",
            _columns(list(new.released), 2),
            prepare=True,
        )
        keys = ((kind, value, owner) for (kind, value), owner in new.taken.items())
        self._copy("key_claims", ("text", "text", "uuid"), ("kind", "value", "owner"), keys)


def _columns(rows: Sequence[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [[row[place] for row in rows] for place in range(width)]
