# SPDX-License-Identifier: Apache-2.0
"""The event log of one jurisdiction: the port `EventLog` on PostgreSQL."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import orjson

from application.ports import Append, StoredResult
from infrastructure.database.constraints import OutcomeUnknown
from infrastructure.event_store.mapper import EventMapper, Pending
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from domain.kernel.event import Recorded


class PostgresEventLog:
    """Appends and reads. `committed` is called after every commit, so that a hint can be sent to readers."""

    def __init__(
        self,
        recorder: PostgresRecorder,
        mapper: EventMapper,
        *,
        demonstration: bool = False,
        committed: Callable[[], None] = lambda: None,
    ) -> None:
        """Only a demonstration's log takes the injected time as its recorded time."""
        self.recorder = recorder
        self.mapper = mapper
        self._demonstration = demonstration
        self._committed = committed

    def append(self, batch: Append) -> int:
        """Commit a batch; return the position of its last event (see the port for what it raises)."""
        stored = [
            self.mapper.to_stored_event(Pending(new.stream, new.expected + place, event, batch.meta))
            for new in batch.streams
            for place, event in enumerate(new.events, start=1)
        ]
        insert = partial(
            self.recorder.insert_events,
            stored,
            claims=batch.claims,
            reads=batch.reads,
            command=CommandRow(batch.command_id, batch.body_hash, orjson.dumps(batch.result).decode()),
            recorded_at=batch.meta.occurred_at if self._demonstration else None,
        )
        try:
            positions = insert()
        except OutcomeUnknown:
            # On a new connection. If the first time was committed after all, the command's own row refuses the second
            # (or its own claims do), and waits for the first where that has not ended yet.
            positions = insert()
        self._committed()
        return max(positions, default=0)

    def stream(self, stream: UUID, *, up_to_version: int | None = None) -> list[Recorded]:
        """All events of one stream, oldest first."""
        return [
            self.mapper.to_recorded(stored.event, stored.position, stored.recorded_at)
            for stored in self.recorder.select_stream(stream, lte=up_to_version)
        ]

    def result_of(self, command_id: UUID) -> StoredResult | None:
        """The result of a command already in the log.

        The read writes a message to the write-ahead log first where a standby must confirm commits, so that a result
        is never answered that could still be lost.
        """
        with self.recorder.database.reading() as cursor:
            row: Any = cursor.execute(
                "SELECT body_hash, result, position FROM commands WHERE command_id = %s", (command_id,)
            ).fetchone()
            if row is not None:
                cursor.execute("SELECT pg_logical_emit_message(true, 'replay', '')")
        return StoredResult(*row) if row else None

    def stand_at(self, versions: Sequence[tuple[UUID, int]]) -> bool:
        """Whether none of these streams has got further than the version beside it, in one query."""
        streams, known = [stream for stream, _ in versions], [version for _, version in versions]
        with self.recorder.database.reading() as cursor:
            row: Any = cursor.execute(
                "SELECT FROM unnest(%s::uuid[], %s::bigint[]) AS known (stream, version) WHERE EXISTS"
                " (SELECT FROM events e WHERE e.stream = known.stream AND e.version > known.version) LIMIT 1",
                (streams, known),
                prepare=True,
            ).fetchone()
        return row is None
