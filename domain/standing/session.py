# SPDX-License-Identifier: Apache-2.0
"""A training held for several people at once: who came, and who passed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.kernel.errors import Rules
from domain.kernel.event import Aggregate, Event
from domain.kernel.time import Instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime


class Participant(BaseModel):
    """One person of a training. Who did not attend cannot have passed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: UUID
    attended: bool
    passed: bool = False


class TrainingHeld(Event):
    """A training for one instrument took place."""

    TYPE: ClassVar[str] = "standing.TrainingHeld"

    unit: UUID
    resource: UUID
    held_at: Instant
    topic: str
    participants: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """A training as it took place."""

    unit: UUID
    resource: UUID
    held_at: datetime
    participants: tuple[Participant, ...]


def evolve(_state: Training | None, event: TrainingHeld) -> Training:
    """The training."""
    return Training(event.unit, event.resource, event.held_at, event.participants)


TRAINING = Aggregate("standing.Training", evolve, (TrainingHeld,))


def hold(
    *,
    unit: UUID,
    resource: UUID,
    held_at: datetime,
    topic: str,
    participants: Sequence[Participant],
    now: datetime,
) -> list[Event]:
    """Record a training that was held.

    Raises, all at once, `standing.training_in_future`, `standing.participant_twice`, `standing.passed_without_coming`.
    """
    rules = Rules()
    rules.require(held_at <= now, "standing.training_in_future", field="held_at")
    users = [each.user for each in participants]
    for user in dict.fromkeys(each for each in users if users.count(each) > 1):
        rules.require(False, "standing.participant_twice", field="participants", user=str(user))  # noqa: FBT003
    for each in participants:
        rules.require(
            each.attended or not each.passed,
            "standing.passed_without_coming",
            field="participants",
            user=str(each.user),
        )
    rules.enforce()
    return [TrainingHeld(unit=unit, resource=resource, held_at=held_at, topic=topic, participants=tuple(participants))]
