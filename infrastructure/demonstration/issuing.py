# SPDX-License-Identifier: Apache-2.0
"""Issuing commands on an injected clock, with ids that are the same in every run of a seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from application.bus import Request
from application.command import Result
from application.errors import QuotaExhausted, SlotTaken
from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from application.command import Command
    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.identity.sources import SeededIds

NAMESPACE = UUID("2a4f8c52-7f86-5a0e-a4a3-6d6b4f5f1f0e")


class NotRefusedError(Exception):
    """A story tells of a refusal that did not come."""


@dataclass
class Issuer:
    """One jurisdiction's command line in the hands of the demonstration.

    Command ids come from a running number, so that a run that was cut off goes on where it stopped: what is already
    in the log answers with its first result, what was refused stays refused, and new ids follow from the number.
    """

    jurisdiction: Jurisdiction
    seed: int
    ids: SeededIds | None = None
    """What gives new ids; None where somebody else keeps them in order."""
    issued: Callable[[], None] = lambda: None
    count: int = field(default=0)
    _refused: frozenset[UUID] = field(init=False)
    """What an earlier run was refused: the state of today could allow it."""
    _known: bool = field(init=False, default=True)
    """Whether this run is still where an earlier one has been."""

    def __post_init__(self) -> None:
        with self.jurisdiction.database.reading() as cursor:
            known = cursor.execute("SELECT correlation_id FROM refusals").fetchall()
        self._refused = frozenset(correlation for (correlation,) in known)

    def do(self, command: Command, actor: Actor, at: datetime) -> Result:
        """Issue a command as if it came at `at`. Raises what the bus raises."""
        return self._execute(self._next_id(), command, actor, at)

    def attempt(self, command: Command, actor: Actor, at: datetime) -> Result | None:
        """Issue a command that may rightly be refused; None then."""
        command_id = self._next_id()
        if command_id in self._refused:
            return None
        try:
            return self._execute(command_id, command, actor, at)
        except (DomainError, SlotTaken, QuotaExhausted):
            return None

    def refuse(self, command: Command, actor: Actor, at: datetime, codes: list[str]) -> None:
        """Issue a command that must be refused with these codes. Raises `NotRefusedError` where it is not."""
        command_id = self._next_id()
        if command_id in self._refused:
            return
        try:
            self._execute(command_id, command, actor, at)
        except DomainError as refused:
            if set(refused.codes) == set(codes):
                return
            message = f"{type(command).__name__} was refused for {', '.join(refused.codes)}, not {', '.join(codes)}"
            raise NotRefusedError(message) from refused
        message = f"{type(command).__name__} was not refused for {', '.join(codes)}"
        raise NotRefusedError(message)

    def _next_id(self) -> UUID:
        self.count += 1
        if self.ids:
            self.ids.begin(self.jurisdiction.name, self.count)
        return uuid5(NAMESPACE, f"{self.jurisdiction.name}/{self.seed}/{self.count}")

    def _execute(self, command_id: UUID, command: Command, actor: Actor, at: datetime) -> Result:
        if self._known and (first := self._first_result(command_id)):
            return first
        self._known = False
        result = self.jurisdiction.bus.execute(Request(command, actor, command_id, command_id, occurred_at=at))
        self.issued()
        return result

    def _first_result(self, command_id: UUID) -> Result | None:
        """What an earlier run was answered. Deciding again would rest on what came after."""
        stored = self.jurisdiction.log.result_of(command_id)
        if stored is None:
            return None
        answer: dict[str, Any] = stored.result
        return Result(id=UUID(answer["id"]), data=answer["data"], repeated=True)
