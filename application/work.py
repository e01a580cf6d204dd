# SPDX-License-Identifier: Apache-2.0
"""The unit of work of one command: what it reads, decides and will commit."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from application.errors import ApplicationError, NotFound, PreconditionFailed
from application.ports import NewEvents, Snapshot
from domain.catalogue import AGGREGATE_OF
from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.policy.decided import DECIDED, STREAM

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime
    from uuid import UUID

    from application.ports import Claims, EventLog, Ids, Policy, Registry, Snapshots, Statistics
    from domain.kernel.actor import Actor
    from domain.kernel.event import Aggregate, Event, Recorded
    from domain.policy import Edition
    from domain.policy.working_days import Deadline, WorkingDays

State = TypeVar("State")
Done = TypeVar("Done")


@dataclass(frozen=True)
class Loaded(Generic[State]):
    """An aggregate as it stands: its state and version."""

    id: UUID
    state: State
    version: int


@dataclass
class Work:
    """Handed to every handler. It reads each stream once and collects what is to be committed.

    States come from memory where they are known. They may be behind; the append proves the version of every stream
    that the decision rests on. A refusal is decided again `looking` at the claims, and spoken where the log proves the
    versions it rests on; else it is decided on `fresh` reads.
    """

    actor: Actor
    now: datetime
    new_id: Ids
    claims: Claims
    figures: Statistics
    registry: Registry
    _log: EventLog
    _policy: Policy
    _snapshots: Snapshots
    _expected: dict[UUID, int] = field(default_factory=dict)
    looking: bool = False
    fresh: bool = False
    trial: bool = False
    """Whether nothing of it will ever be committed: somebody only asks what would become of it."""
    from_memory: bool = False
    _known: dict[UUID, Snapshot] = field(default_factory=dict)
    _streams: dict[UUID, list[Event]] = field(default_factory=dict)

    @property
    def looks(self) -> bool:
        """Whether claims are looked at beforehand: where no constraint will judge, or one has refused already."""
        return self.looking or self.fresh or self.trial

    def find(self, aggregate: Aggregate[State], stream: UUID) -> Loaded[State] | None:
        """The aggregate with what this command has added to it so far, or None.

        Raises `PreconditionFailed` where the caller expected another version.
        """
        known = self._known.get(stream) or self._read(aggregate, stream)
        state = aggregate.fold(self._streams.get(stream, []), cast("State | None", known.state))
        return None if state is None else Loaded(stream, state, known.version)

    def _read(self, aggregate: Aggregate[State], stream: UUID) -> Snapshot:
        expected = self._expected.get(stream)
        known = None if self.fresh or expected is not None else self._snapshots.get(stream, aggregate.name)
        if known is None:
            recorded = self._log.stream(stream)
            ours = not recorded or isinstance(recorded[0].event, aggregate.events)
            state = aggregate.fold(item.event for item in recorded) if ours else None
            known = Snapshot(recorded[-1].version if recorded else 0, state)
            self._snapshots.put(stream, aggregate.name, known)
        else:
            self.from_memory = True
        if expected is not None and expected != known.version:
            see = f"/api/v1/streams/{stream}?since={expected}"
            raise PreconditionFailed(stream=str(stream), expected=expected, actual=known.version, see=see)
        self._known[stream] = known
        return known

    def load(self, aggregate: Aggregate[State], stream: UUID) -> Loaded[State]:
        """The aggregate as it stands. Raises `NotFound`."""
        loaded = self.find(aggregate, stream)
        if loaded is None:
            raise NotFound(kind=aggregate.name, id=str(stream))
        return loaded

    def history(self, stream: UUID) -> list[Recorded]:
        """What stands in the log of a stream, for decisions that ask who wrote it: one statement more."""
        return self._log.stream(stream)

    def append(self, stream: UUID, *events: Event) -> None:
        """Add events to a stream; a stream that was not loaded is new."""
        self._streams.setdefault(stream, []).extend(events)

    def edition(self, business_date: date | None = None, *, territory: str = "") -> Edition:
        """The edition in force on a business date, by default today's (A04), with what was decided for that date.

        Decisions are read like any other state: the commit proves that none came in between. `territory` adds the
        measures of its own (JS 32). Raises `DomainError` `policy.not_in_force`, `policy.expired`.
        """
        day = business_date or local_date(self.now)
        edition, decided = self._policy.on(day), self.find(DECIDED, STREAM)
        return edition if decided is None else decided.state.completing(edition, day, territory)

    @property
    def calendar(self) -> WorkingDays:
        """The version of the working-day calendar that days are told by now (ruling 8.21)."""
        return self._policy.calendar

    def attempt(self, step: Callable[[], Done]) -> Done:
        """Take a step wholly or not at all: where it is refused, what it has appended is forgotten."""
        before = {stream: len(events) for stream, events in self._streams.items()}
        try:
            return step()
        except (DomainError, ApplicationError):
            for stream in list(self._streams):
                del self._streams[stream][before.get(stream, 0) :]
            raise

    def working_days_after(self, days: int) -> Deadline:
        """The day that many working days after today, with the calendar it was counted by (ruling 8.21)."""
        return self._policy.calendar.after(local_date(self.now), days)

    def version_after(self, stream: UUID) -> int:
        """The version a stream will have once this work is committed."""
        return self._version(stream) + len(self._streams.get(stream, []))

    def changes(self) -> tuple[NewEvents, ...]:
        """What is to be committed."""
        return tuple(
            NewEvents(stream, self._version(stream), tuple(events))
            for stream, events in self._streams.items()
            if events
        )

    def reads(self) -> tuple[tuple[UUID, int], ...]:
        """The streams that the decision rests on without changing them, with the versions it knew."""
        return tuple((stream, known.version) for stream, known in self._known.items() if not self._streams.get(stream))

    def rests_on(self) -> tuple[tuple[UUID, int], ...]:
        """Every stream that was read or is to be changed, with the version it was known by."""
        return tuple((stream, known.version) for stream, known in self._known.items())

    def committed(self) -> None:
        """Remember the states that the commit has made."""
        for stream, events in self._streams.items():
            if events:
                aggregate = AGGREGATE_OF[events[0].TYPE]
                before = self._known.get(stream)
                state = aggregate.fold(events, before.state if before else None)
                self._snapshots.put(stream, aggregate.name, Snapshot(self.version_after(stream), state))

    def behind(self) -> None:
        """Forget every state this work rested on: at least one of them was behind."""
        self._snapshots.forget([*self._known, *self._streams])

    def _version(self, stream: UUID) -> int:
        known = self._known.get(stream)
        return known.version if known else 0
