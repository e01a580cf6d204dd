# SPDX-License-Identifier: Apache-2.0
"""An event log that commits many commands at once, for the one writer of a simulation."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from application.ports import StoredResult
from infrastructure.event_store.log import PostgresEventLog
from infrastructure.event_store.mapper import Pending
from infrastructure.simulation.bulk import BulkWriter, CommandLine, EventLine

if TYPE_CHECKING:
    from uuid import UUID

    from application.ports import Append
    from domain.kernel.event import Recorded
    from infrastructure.event_store.mapper import EventMapper
    from infrastructure.event_store.recorder import PostgresRecorder
    from infrastructure.simulation.claims import MemoryClaims

EVENTS_AT_ONCE = 10_000


class BulkLog(PostgresEventLog):
    """The port `EventLog`. Nothing stands in the database before a flush; what is read here includes what waits.

    Versions are not compared: whoever writes alone, on states folded from what it wrote, cannot be behind. Should
    anybody else write all the same, the flush finds other positions than it told, and fails as a whole.
    """

    def __init__(self, recorder: PostgresRecorder, mapper: EventMapper, claims: MemoryClaims) -> None:
        super().__init__(recorder, mapper, demonstration=True)
        self.claims = claims
        self._flushed = 0
        self._events: list[EventLine] = []
        self._of_stream: defaultdict[UUID, list[int]] = defaultdict(list)
        self._commands: dict[UUID, CommandLine] = {}
        self._writer = BulkWriter(recorder.database)

    @property
    def count(self) -> int:
        """How many events were appended here."""
        return self._flushed + len(self._events)

    def append(self, batch: Append) -> int:
        """Claim and keep for the next flush; return the position the last event will have."""
        self.claims.take(batch.claims)
        meta = batch.meta
        for new in batch.streams:
            for version, event in enumerate(new.events, start=new.expected + 1):
                stored = self.mapper.to_stored_event(Pending(new.stream, version, event, meta))
                self._of_stream[new.stream].append(len(self._events))
                self._events.append(EventLine(new.stream, version, stored.topic, stored.state, meta.occurred_at))
        position = self._writer.position + len(self._events)
        self._commands[batch.command_id] = CommandLine(batch.command_id, batch.body_hash, batch.result, position)
        if len(self._events) >= EVENTS_AT_ONCE:
            self.flush()
        return position

    def flush(self) -> None:
        """Commit everything that waits, in one transaction."""
        self._writer.write(self._events, list(self._commands.values()), self.claims)
        self.claims.flushed()
        self._flushed += len(self._events)
        self._events.clear()
        self._of_stream.clear()
        self._commands.clear()

    def close(self) -> None:
        """Give the connection back; what was not flushed is gone."""
        self._writer.close()

    def stream(self, stream: UUID, *, up_to_version: int | None = None) -> list[Recorded]:
        """All events of one stream, oldest first, those that wait included."""
        written = super().stream(stream, up_to_version=up_to_version)
        waiting = [
            self._recorded(self._events[place], self._writer.position + place + 1)
            for place in self._of_stream.get(stream, ())
            if up_to_version is None or self._events[place].version <= up_to_version
        ]
        return [*written, *waiting]

    def result_of(self, command_id: UUID) -> StoredResult | None:
        """The result of a command that waits or is written."""
        line = self._commands.get(command_id)
        if line is None:
            return super().result_of(command_id)
        return StoredResult(line.body_hash, line.result, line.position)

    def _recorded(self, line: EventLine, position: int) -> Recorded:
        return self.mapper.to_recorded(line.stored(), position, line.recorded_at)
