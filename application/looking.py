# SPDX-License-Identifier: Apache-2.0
"""Asking what a command would do, without doing it: the command itself is tried, and nothing of it is committed.

So the answer cannot differ from what the command does: there is one definition of every rule.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from application.errors import ApplicationError
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from application.command import Command, Result
    from application.ports import Claims, EventLog
    from application.work import Work
    from domain.kernel.actor import Actor
    from domain.kernel.event import Recorded


@dataclass(frozen=True)
class Tried:
    """What a command would have done: its `result`, or what `refused` it, and the work it did to find out."""

    work: Work
    result: Result | None
    refused: DomainError | ApplicationError | None


class Opens(Protocol):
    """What a look needs of the bus."""

    @property
    def log(self) -> EventLog:
        """The log of the jurisdiction."""

    @property
    def claims(self) -> Claims:
        """Its claims."""

    def trial(self, look: Look, claims: Claims) -> Work:
        """What a look reads and decides on."""


@dataclass
class Look:
    """One question. It remembers what its answer rests on, so that the log can be asked whether that still stands."""

    bus: Opens
    actor: Actor
    now: datetime
    _works: list[Work] = field(default_factory=list)

    def work(self, claims: Claims | None = None) -> Work:
        """A work of its own to read by; `claims` may be a view of them that was taken once."""
        work = self.bus.trial(self, claims or self.bus.claims)
        self._works.append(work)
        return work

    def tried(self, command: Command, handler: Callable[..., Result], claims: Claims | None = None) -> Tried:
        """What the command would do now."""
        work = self.work(claims)
        try:
            return Tried(work, handler(command, work), None)
        except (DomainError, ApplicationError) as refused:
            return Tried(work, None, refused)

    def history(self, stream: UUID) -> list[Recorded]:
        """All events of a stream: when something was said, and by whom."""
        return self.bus.log.stream(stream)

    def rests_on(self) -> dict[UUID, int]:
        """Every stream read, with the version it was known by."""
        return {stream: version for work in self._works for stream, version in work.rests_on()}
