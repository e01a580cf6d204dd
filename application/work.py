# SPDX-License-Identifier: Apache-2.0
"""The unit of work of one command: what it reads, decides and will commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from application.errors import NotFound, PreconditionFailed
from application.ports import NewEvents
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from application.ports import Claims, EventLog, Ids, Policy
    from domain.kernel.actor import Actor
    from domain.kernel.event import Aggregate, Event
    from domain.policy import Edition

State = TypeVar("State")


@dataclass(frozen=True)
class Loaded(Generic[State]):
    """An aggregate as it stands: its state and version."""

    id: UUID
    state: State
    version: int


@dataclass
class Work:
    """Handed to every handler. Reads are consistent per aggregate; `append` collects, the bus commits."""

    actor: Actor
    now: datetime
    new_id: Ids
    claims: Claims
    _log: EventLog
    _policy: Policy
    _expected: dict[UUID, int] = field(default_factory=dict)
    _stored: dict[UUID, list[Event]] = field(default_factory=dict)
    _versions: dict[UUID, int] = field(default_factory=dict)
    _streams: dict[UUID, list[Event]] = field(default_factory=dict)

    def find(self, aggregate: Aggregate[State], stream: UUID) -> Loaded[State] | None:
        """The aggregate with what this command has added to it so far, or None.

        A stream is read once a command. Raises `PreconditionFailed` where the caller expected another version.
        """
        events = [*self._read(stream), *self._streams.get(stream, [])]
        if not events or not isinstance(events[0], aggregate.events):
            return None
        state = aggregate.fold(events)
        assert state is not None
        return Loaded(stream, state, self._versions[stream])

    def _read(self, stream: UUID) -> list[Event]:
        if stream not in self._stored:
            recorded = self._log.stream(stream)
            version = recorded[-1].version if recorded else 0
            if self._expected.get(stream, version) != version:
                raise PreconditionFailed(stream=str(stream), expected=self._expected[stream], actual=version)
            self._versions.setdefault(stream, version)
            self._stored[stream] = [item.event for item in recorded]
        return self._stored[stream]

    def load(self, aggregate: Aggregate[State], stream: UUID) -> Loaded[State]:
        """The aggregate as it stands. Raises `NotFound`."""
        loaded = self.find(aggregate, stream)
        if loaded is None:
            raise NotFound(kind=aggregate.name, id=str(stream))
        return loaded

    def append(self, stream: UUID, *events: Event) -> None:
        """Add events to a stream; a stream that was not loaded is new."""
        self._versions.setdefault(stream, 0)
        self._streams.setdefault(stream, []).extend(events)

    def edition(self, business_date: date | None = None) -> Edition:
        """The edition in force on a business date, by default today's (A04)."""
        return self._policy.on(business_date or local_date(self.now))

    def version_after(self, stream: UUID) -> int:
        """The version a stream will have once this work is committed."""
        return self._versions.get(stream, 0) + len(self._streams.get(stream, []))

    def changes(self) -> tuple[NewEvents, ...]:
        """What is to be committed."""
        return tuple(
            NewEvents(stream, self._versions[stream], tuple(events))
            for stream, events in self._streams.items()
            if events
        )
