# SPDX-License-Identifier: Apache-2.0
"""Qualify a user who has applied."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result
from application.standing.keeping import own_users, require_of_unit
from application.standing.rules import in_force
from application.standing.standing_command import StandingCommand
from domain.kernel.time import local_date
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class ApproveQualification(StandingCommand):
    """Qualify a user who has applied, from today on; without `valid_until` for the months published."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
            }
        }
    )

    resource: UUID
    valid_until: date | None = None


def approve_qualification(command: ApproveQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    require_of_unit(work, command.unit, command.resource)
    bound, edition = in_force(work, command.resource), work.edition()
    decided = training.approve(
        state,
        resource=command.resource,
        rule=training.require_rule(bound.rules.training, edition),
        versions=bound.versions,
        valid_until=command.valid_until,
        training=None,
        edition=edition,
        today=local_date(work.now),
    )
    work.append(stream, *opening, *decided)
    return Result(stream)
