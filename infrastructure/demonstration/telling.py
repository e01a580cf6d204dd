# SPDX-License-Identifier: Apache-2.0
"""Tells the steps of the files in `story/`: each is one command that one person gives on one day."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from application.catalogue import ENTRIES
from domain.kernel.actor import SYSTEM, Role
from domain.kernel.money import fen_from_yuan
from domain.kernel.time import midnight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime, time
    from uuid import UUID

    from domain.kernel.actor import Actor
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.people import People

COMMANDS = {entry.command.__name__: entry.command for entry in ENTRIES}
MORNING = timedelta(hours=9)
MINUTE = timedelta(minutes=1)
LOOKING = frozenset(
    {"RequestPurchaseReview", "CompleteDuplicateCheck", "DraftWarningCatalogue", "PublishReport", "StateDemand"}
)
"""Commands that look at read models, which must have caught up by then for every run to see the same."""
REFERENCE, DIGEST, YUAN = "@", "#", "¥"


@dataclass
class Telling:
    """Puts steps on the agenda and remembers what they made under the name that `keep` gives it.

    In the fields of a step, `@unit:CODE`, `@person:CODE` (a legal person), `@user:CODE`, `@resource:NUMBER` and `@name`
    stand for ids, `#text` for the SHA-256 of a text, `¥12.34` for 1234 fen.
    """

    issuer: Issuer
    people: People
    agenda: Agenda
    project: Callable[[], object]
    """Brings the read models up to date."""
    resource: Callable[[str], UUID]
    """The resource with an asset number."""
    kept: dict[str, Any] = field(default_factory=dict)

    def plan(self, steps: list[dict[str, Any]]) -> None:
        """Put every step on its day, at its time where one is named, else in the order of the files."""
        for place, step in enumerate(steps):
            at = midnight(step["on"]) + (_into_the_day(step["at"]) if "at" in step else MORNING + place * MINUTE)
            self.agenda.at(at, lambda now, step=step: self._tell(step, now))  # type: ignore[misc]

    def _tell(self, step: dict[str, Any], now: datetime) -> None:
        if step["do"] in LOOKING:
            self.project()
        command = COMMANDS[step["do"]].model_validate(self.read(step["with"]))
        actor = self._actor(step["by"])
        if "refused" in step:
            self.issuer.refuse(command, actor, now, step["refused"])
            return
        result = self.issuer.do(command, actor, now)
        if name := step.get("keep"):
            self.kept[name] = result.id
            self.kept |= _flat(name, result.data)

    def _actor(self, by: str) -> Actor:
        """`JS-P071`, `JS-P071 as receiving_platform` in another role than that of their kind, or `system`."""
        if by == SYSTEM.role:
            return SYSTEM
        code, _, role = by.partition(" as ")
        return self.people.actor(code, Role(role) if role else None)

    def read(self, value: object) -> Any:  # noqa: ANN401 - whatever a field may hold
        """A value with everything put in that it refers to. Raises KeyError for what nobody has made."""
        match value:
            case dict():
                return {name: self.read(inner) for name, inner in value.items()}
            case list():
                return [self.read(inner) for inner in value]
            case str() if value.startswith(REFERENCE):
                return self._named(value.removeprefix(REFERENCE))
            case str() if value.startswith(DIGEST):
                return hashlib.sha256(value.removeprefix(DIGEST).encode()).hexdigest()
            case str() if value.startswith(YUAN):
                return fen_from_yuan(value.removeprefix(YUAN))
            case _:
                return value

    def _named(self, name: str) -> Any:  # noqa: ANN401 - an id, or what an answer held
        kind, found, code = name.partition(":")
        if not found:
            return self.kept[name]
        return self.resource(code) if kind == "resource" else self._party(kind, code)

    def _party(self, kind: str, code: str) -> UUID:
        known = {"unit": self.people.units, "person": self.people.legal_persons, "user": self.people.users}
        return known[kind][code]


def _flat(name: str, answer: object) -> dict[str, object]:
    """What an answer holds, each under its path: `series.booked.0.reservation`."""
    parts: Iterable[tuple[object, object]]
    match answer:
        case dict():
            parts = answer.items()
        case list():
            parts = enumerate(answer)
        case _:
            return {name: answer}
    return {path: value for key, part in parts for path, value in _flat(f"{name}.{key}", part).items()}


def _into_the_day(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute)
