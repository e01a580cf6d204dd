# SPDX-License-Identifier: Apache-2.0
"""Events are facts in the past tense. They are stored for ever and never rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from domain.kernel.actor import Actor
from domain.kernel.citation import Basis
from domain.kernel.personal import Personal
from domain.kernel.time import Instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

State = TypeVar("State")
EVENT_NAMESPACE = UUID("6f1f2f4e-8f0d-5f6e-9d0a-5f2b8b9f6c10")


class Event(BaseModel):
    """Base of all events. `TYPE` and the meaning of each `VERSION` never change once released."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    TYPE: ClassVar[str]
    VERSION: ClassVar[int] = 1

    basis: Basis | None = None
    """The rule the fact was decided by, where a rule decided."""

    @classmethod
    @cache
    def personal_fields(cls) -> tuple[str, ...]:
        """The fields that hold personal data and are encrypted in the log."""
        return tuple(
            name
            for name, info in cls.model_fields.items()
            if info.annotation is Personal or Personal in getattr(info.annotation, "__args__", ())
        )


class Meta(BaseModel):
    """What is known of every event beside its content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    occurred_at: Instant
    actor: Actor
    command_id: UUID
    command: str
    correlation_id: UUID
    source: str | None = None
    """Identity in the system an imported fact came from."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the log. `position` is opaque: ordered, with gaps."""

    stream: UUID
    version: int
    position: int
    recorded_at: datetime
    event: Event
    meta: Meta

    @property
    def id(self) -> UUID:
        """A stable identity, the same in every replay."""
        return uuid5(EVENT_NAMESPACE, f"{self.stream}/{self.version}")


@dataclass(frozen=True)
class Aggregate(Generic[State]):
    """A consistency boundary: its events and the total function that folds them into a state."""

    name: str
    evolve: Callable[[State | None, Any], State]
    events: tuple[type[Event], ...]

    def fold(self, events: Iterable[Event], state: State | None = None) -> State | None:
        """The state after `events`."""
        for event in events:
            state = self.evolve(state, event)
        return state
