# SPDX-License-Identifier: Apache-2.0
"""Let a qualification run longer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users, require_of_unit
from application.standing.rules import in_force
from application.standing.standing_command import StandingCommand
from domain.kernel.time import local_date
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class ExtendQualification(StandingCommand):
    """Let a qualification that still holds run longer, with a reason; at most for the months published."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "复训合格",
            }
        }
    )

    resource: UUID
    valid_until: date | None = None
    reason: Words


def extend_qualification(command: ExtendQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    require_of_unit(work, command.unit, command.resource)
    bound, edition = in_force(work, command.resource), work.edition()
    decided = training.renew(
        state,
        resource=command.resource,
        rule=training.require_rule(bound.rules.training, edition),
        versions=bound.versions,
        valid_until=command.valid_until,
        reason=command.reason,
        edition=edition,
        today=local_date(work.now),
    )
    work.append(stream, *opening, *decided)
    return Result(stream)
