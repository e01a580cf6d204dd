# SPDX-License-Identifier: Apache-2.0
"""The one path of every command: permit, decide, commit, answer; repeat safely."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar, cast
from uuid import UUID

from application.command import Result, target_of
from application.errors import (
    ApplicationError,
    CommandRepeated,
    IdempotencyKeyReused,
    KeyTaken,
    NotFound,
    NotPermitted,
    QuotaExhausted,
    SlotTaken,
    Unavailable,
    VersionConflict,
)
from application.looking import Look
from application.ports import Append
from application.turns import Turns
from application.work import Work
from domain.catalogue import claims_of
from domain.kernel.errors import DomainError
from domain.kernel.event import Meta

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from pydantic import JsonValue

    from application.command import Command
    from application.ports import Claims, Clock, EventLog, Ids, Policy, RefusalLog, Registry, Snapshots, Statistics
    from domain.kernel.actor import Actor, Role
    from domain.kernel.claims import Claim

ATTEMPTS = 8
T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A line of the command table: who may issue the command, and what handles it."""

    command: type[Command]
    handler: Callable[..., Result]
    roles: frozenset[Role]


@dataclass(frozen=True)
class Request:
    """A command with its circumstances. `expected_version` speaks of the command's target (`If-Match`)."""

    command: Command
    actor: Actor
    command_id: UUID
    correlation_id: UUID
    expected_version: int | None = None
    occurred_at: datetime | None = None
    source: str | None = None


@dataclass(frozen=True)
class Bus:
    """Executes commands of one jurisdiction."""

    entries: Mapping[type[Command], Entry]
    log: EventLog
    claims: Claims
    policy: Policy
    refusals: RefusalLog
    snapshots: Snapshots
    figures: Statistics
    registry: Registry
    clock: Clock
    ids: Ids
    turns: Turns = field(default_factory=Turns)

    def execute(self, request: Request) -> Result:
        """Carry out a command once, however often it is sent.

        Raises `DomainError` with every broken rule, or an `ApplicationError`; both leave a line in the refusal log.
        Nothing is half-done.
        """
        entry = self.entries[type(request.command)]
        try:
            if request.actor.role not in entry.roles:
                raise NotPermitted(reason="role", role=request.actor.role.value, command=entry.command.__name__)
            return self._repeat_until_decided(entry, request)
        except (DomainError, ApplicationError) as refused:
            if isinstance(refused, NotFound | KeyTaken):
                refused.field = _field_holding(request.command, refused.parameters)
            if not isinstance(refused, Unavailable):
                self._note(request, refused)
            raise

    def look(self, actor: Actor, answer: Callable[[Look], T]) -> T:
        """Answer what commands would do, from what memory knows, if the log agrees; else once more.

        Nothing is committed and nothing noted. Raises what `answer` raises.
        """
        for _ in range(ATTEMPTS):
            look = Look(self, actor, self.clock())
            try:
                found = answer(look)
            except (DomainError, ApplicationError):
                if self._agrees(look.rests_on()):
                    raise
                continue
            if self._agrees(look.rests_on()):
                return found
        raise VersionConflict

    def _agrees(self, known: Mapping[UUID, int]) -> bool:
        """Whether the log stands where memory thought; if not, memory forgets what was rested on."""
        if self.log.stand_at(tuple(known.items())):
            return True
        self.snapshots.forget(known)
        return False

    def trial(self, look: Look, claims: Claims) -> Work:
        """What a look reads and decides on."""
        return Work(
            actor=look.actor,
            now=look.now,
            new_id=self.ids,
            claims=claims,
            figures=self.figures,
            registry=self.registry,
            _log=self.log,
            _policy=self.policy,
            _snapshots=self.snapshots,
            trial=True,
        )

    def _repeat_until_decided(self, entry: Entry, request: Request) -> Result:
        body_hash = _hash(request.command)
        conflict: ApplicationError | None = None
        looking = fresh = False
        for _ in range(ATTEMPTS):
            collided = isinstance(conflict, VersionConflict | QuotaExhausted)
            with self.turns.taken(entry.command.__name__, collided=collided):
                work = self._work(request, looking=looking, fresh=fresh)
                try:
                    result = entry.handler(request.command, work)
                except Unavailable:
                    raise
                except (DomainError, ApplicationError) as refused:
                    if work.from_memory and not work.looks:
                        looking = True
                        continue
                    if work.from_memory and not self._agrees(dict(work.rests_on())):
                        fresh = True
                        continue
                    return self._first_result(request, body_hash, refused)
                answer = replace(result, version=work.version_after(_changed(request.command, result)))
                try:
                    position = self._commit(request, body_hash, work, answer)
                    return replace(answer, position=position or self._position_of(answer.id))
                except CommandRepeated:
                    return self._first_result(request, body_hash, Unavailable())
                except (VersionConflict, SlotTaken, QuotaExhausted) as lost:
                    conflict = lost
                    # What was short or taken at the commit may be decided otherwise now: less, or another lane.
                    # Nothing says that memory was behind, unless the claims had been looked at and it is lost again.
                    if work.looks or isinstance(lost, VersionConflict):
                        work.behind()
                        fresh = True
                    looking = True
                except KeyTaken as refused:
                    work.behind()
                    return self._first_result(request, body_hash, refused)
        raise conflict or VersionConflict()

    def _work(self, request: Request, *, looking: bool = False, fresh: bool = False) -> Work:
        expected = {}
        if request.expected_version is not None and (target := target_of(request.command)):
            expected[target] = request.expected_version
        return Work(
            actor=request.actor,
            now=request.occurred_at or self.clock(),
            new_id=self.ids,
            claims=self.claims,
            figures=self.figures,
            registry=self.registry,
            _log=self.log,
            _policy=self.policy,
            _snapshots=self.snapshots,
            _expected=expected,
            looking=looking,
            fresh=fresh,
        )

    def _commit(self, request: Request, body_hash: str, work: Work, answer: Result) -> int:
        meta = Meta(
            occurred_at=work.now,
            actor=request.actor,
            command_id=request.command_id,
            command=type(request.command).__name__,
            correlation_id=request.correlation_id,
            source=request.source,
        )
        streams = work.changes()
        claims: list[Claim] = []
        for changed in streams:
            for event in changed.events:
                claims.extend(claims_of(changed.stream, event))
        position = self.log.append(
            Append(request.command_id, body_hash, _stored(answer), meta, streams, tuple(claims), work.reads())
        )
        work.committed()
        return position

    def _first_result_if_any(self, request: Request, body_hash: str) -> Result | None:
        stored = self.log.result_of(request.command_id)
        if stored is None:
            return None
        if stored.body_hash != body_hash:
            raise IdempotencyKeyReused(command_id=str(request.command_id))
        first = _restored(stored.result, stored.position)
        return first if first.position else replace(first, position=self._position_of(first.id))

    def _position_of(self, stream: UUID) -> int:
        """Where the log stood after the command that changed a stream last: told by one that changes nothing."""
        history = self.log.stream(stream)
        last = self.log.result_of(history[-1].meta.command_id) if history else None
        return last.position if last else 0

    def _first_result(self, request: Request, body_hash: str, refused: Exception) -> Result:
        """The result of the first time; without one, the refusal stands."""
        first = self._first_result_if_any(request, body_hash)
        if first is None:
            raise refused
        return first

    def _note(self, request: Request, refused: DomainError | ApplicationError) -> None:
        if isinstance(refused, DomainError):
            code = refused.codes[0]
            detail: dict[str, JsonValue] = {
                "violations": [{"code": item.code, **item.parameters} for item in refused.violations]
            }
        else:
            code, detail = refused.code, dict(refused.parameters)
        self.refusals.note(
            actor=request.actor,
            command=type(request.command).__name__,
            code=code,
            detail=detail,
            correlation=request.correlation_id,
        )


def _changed(command: Command, result: Result) -> UUID:
    """The stream whose version is answered."""
    return command.TARGET if isinstance(command.TARGET, UUID) else result.id


def _field_holding(command: Command, parameters: Mapping[str, object]) -> str | None:
    """The field of the command that named what is not there, or what is taken already."""
    named = parameters.get("id") or parameters.get("value")
    return next((name for name, value in command if named and str(value) == named), None)


def _hash(command: Command) -> str:
    body = f"{type(command).__name__}\n{command.model_dump_json()}"
    return hashlib.sha256(body.encode()).hexdigest()


def _stored(result: Result) -> dict[str, JsonValue]:
    return {"id": str(result.id), "version": result.version, "data": result.data}


def _restored(stored: dict[str, JsonValue], position: int) -> Result:
    return Result(
        id=UUID(cast("str", stored["id"])),
        data=cast("dict[str, JsonValue]", stored["data"]),
        version=cast("int", stored["version"]),
        position=position,
        repeated=True,
    )
