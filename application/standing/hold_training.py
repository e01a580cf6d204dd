# SPDX-License-Identifier: Apache-2.0
"""Record a training and qualify everybody who passed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.guards import own_unit
from application.standing.keeping import kept, require_of_another, unit_of
from application.standing.rules import in_force
from domain.kernel.time import Instant, local_date
from domain.standing import session, training
from domain.standing.session import Participant

if TYPE_CHECKING:
    from application.work import Work


class HoldTraining(Command):
    """Record a training for an instrument: who came and who passed. All who passed are qualified from today on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "held_at": "2026-03-02T09:00:00+08:00",
                "topic": "透射电镜上机培训",
                "participants": [
                    {"user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44", "attended": True, "passed": True},
                    {"user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b45", "attended": False},
                ],
            }
        }
    )

    resource: UUID
    held_at: Instant
    topic: Words
    participants: tuple[Participant, ...] = Field(min_length=1, max_length=200)


def hold_training(command: HoldTraining, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    unit = unit_of(work, command.resource)
    own_unit(work, unit)
    bound, edition = in_force(work, command.resource), work.edition()
    rule = training.require_rule(bound.rules.training, edition)
    held = session.hold(
        unit=unit,
        resource=command.resource,
        held_at=command.held_at,
        topic=command.topic,
        participants=command.participants,
        now=work.now,
    )
    stream = work.new_id()
    work.append(stream, *held)
    passed = [each.user for each in command.participants if each.passed]
    for user in passed:
        require_of_another(work, user, field="participants")
        standing, state, opening = kept(work, unit, user)
        qualified = training.approve(
            state,
            resource=command.resource,
            rule=rule,
            versions=bound.versions,
            valid_until=None,
            training=stream,
            edition=edition,
            today=local_date(work.now),
        )
        work.append(standing, *opening, *qualified)
    return Result(stream, {"qualified": len(passed)})
