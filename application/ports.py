# SPDX-License-Identifier: Apache-2.0
"""What use cases need from outside; infrastructure supplies it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date, datetime
    from uuid import UUID

    from pydantic import JsonValue

    from domain.kernel.actor import Actor
    from domain.kernel.claims import Claim
    from domain.kernel.event import Event, Meta, Recorded
    from domain.kernel.time import Span
    from domain.policy import Edition
    from domain.policy.working_days import WorkingDays
    from domain.purchasing.facilities import Matches, Search
    from domain.purchasing.warning import Survey
    from domain.statistics.events import ReportKind
    from domain.statistics.report import Figures


class Clock(Protocol):
    """The time of day, injected."""

    def __call__(self) -> datetime:
        """Now, in UTC."""


class Ids(Protocol):
    """New identities, injected."""

    def __call__(self) -> UUID:
        """An id never given before."""


class Policy(Protocol):
    """The regime of this jurisdiction as its files have it, and the calendar of working days."""

    @property
    def calendar(self) -> WorkingDays:
        """The version of the working-day calendar that deadlines are counted by now."""

    def on(self, business_date: date) -> Edition:
        """The edition in force on a business date, before decisions. Raises `DomainError` `policy.not_in_force`."""


@dataclass(frozen=True)
class NewEvents:
    """Events to append to one stream whose last version is `expected` (0 for a new stream)."""

    stream: UUID
    expected: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Snapshot:
    """An aggregate folded up to a version; `state` is None where its stream has no event."""

    version: int
    state: object | None


class Snapshots(Protocol):
    """States kept in memory. They may be behind: an append proves the versions it rests on."""

    def get(self, stream: UUID, name: str) -> Snapshot | None:
        """What was last known of a stream as the aggregate of that name."""

    def put(self, stream: UUID, name: str, snapshot: Snapshot) -> None:
        """Remember a state."""

    def forget(self, streams: Iterable[UUID]) -> None:
        """Drop what turned out to be behind."""


@dataclass(frozen=True)
class Append:
    """All that one command changes: it commits together or not at all.

    `reads` are the streams that the decision rests on without changing them, with the versions it knew.
    """

    command_id: UUID
    body_hash: str
    result: dict[str, JsonValue]
    meta: Meta
    streams: tuple[NewEvents, ...]
    claims: tuple[Claim, ...]
    reads: tuple[tuple[UUID, int], ...] = ()


@dataclass(frozen=True)
class StoredResult:
    """What a command answered the first time."""

    body_hash: str
    result: dict[str, JsonValue]
    position: int


class EventLog(Protocol):
    """The log of one jurisdiction."""

    def append(self, batch: Append) -> int:
        """Commit a batch; return the position of its last event.

        Raises `VersionConflict`, `SlotTaken`, `QuotaExhausted`, `KeyTaken`, `CommandRepeated`, `Unavailable`.
        """

    def stream(self, stream: UUID, *, up_to_version: int | None = None) -> list[Recorded]:
        """All events of one stream, oldest first, personal data readable."""

    def result_of(self, command_id: UUID) -> StoredResult | None:
        """The result of a command that is already in the log."""

    def stand_at(self, versions: Sequence[tuple[UUID, int]]) -> bool:
        """Whether none of these streams has got further than the version beside it."""


@dataclass(frozen=True)
class Occupant:
    """Who holds a lane of a resource, and when."""

    holder: UUID
    lane: int
    start: datetime
    end: datetime


class Claims(Protocol):
    """Reads of the claim tables: consistent, but only a constraint decides."""

    def free_lane(
        self, resource: UUID, capacity: int, start: datetime, end: datetime, *, but: Collection[int] = ()
    ) -> int | None:
        """The lowest lane of a resource that is free over a span, if any; not one of `but`."""

    def next_free(self, resource: UUID, capacity: int, start: datetime, end: datetime) -> datetime | None:
        """When a lane is free next for as long as `[start, end)`, from its start on and within 31 days."""

    def owner(self, kind: str, value: str) -> UUID | None:
        """Whose key it is."""

    def left(self, account: str) -> int | None:
        """What may still be drawn from an account; None where there is no such account."""

    def used(self, accounts: Sequence[str]) -> dict[str, int]:
        """What is drawn of each of several accounts, in one query; one that is not there yet is left out."""

    def last_number(self, series: str) -> int:
        """The last number taken of a gapless series, 0 at the start."""

    def holders(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """Who occupies a resource in a span."""

    def occupants(self, resource: UUID, start: datetime, end: datetime) -> Sequence[Occupant]:
        """Who occupies which lane of a resource in a span, by start."""


class Statistics(Protocol):
    """Figures from the read models, with the position of the log that they follow from."""

    def of(self, kind: ReportKind, first: date, last: date, *, as_of: datetime) -> Figures:
        """The figures of whole months, both included; time after `as_of` does not count as open yet."""


class Registry(Protocol):
    """What is shared already, from the read models; each answer names the position of the log that it follows from."""

    def duplicates(self, search: Search, as_of: datetime) -> Matches:
        """Published facilities that resemble what is sought, with their use in the twelve months up to `as_of`."""

    def reservations_of(self, unit: UUID, spans: Sequence[Span]) -> Sequence[UUID]:
        """Reservations of a unit's instruments that still take time in one of the spans; a little more than 2,000."""

    def survey(self, least_instruments: int, as_of: datetime) -> Survey:
        """The use of every class with at least so many published instruments, over the same months."""

    def uses(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """The reservations of a resource whose use, as recorded, touches `[start, end)`."""

    def unpaid(self, unit: UUID, customer: UUID | None, user: UUID) -> tuple[int, Sequence[str]]:
        """What a legal person, or without one a user, owes a unit for what was delivered; and the oldest open bills."""


class RefusalLog(Protocol):
    """The second append-only log: what was refused, to whom and why."""

    def note(self, *, actor: Actor, command: str, code: str, detail: dict[str, JsonValue], correlation: UUID) -> None:
        """Write down a refusal."""
