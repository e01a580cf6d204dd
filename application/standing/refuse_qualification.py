# SPDX-License-Identifier: Apache-2.0
"""Refuse an application to be qualified."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users, require_of_unit
from application.standing.standing_command import StandingCommand
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class RefuseQualification(StandingCommand):
    """Refuse an application to be qualified, with a reason; the user may apply anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "须先完成现场安全考核",
            }
        }
    )

    resource: UUID
    reason: Words


def refuse_qualification(command: RefuseQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    require_of_unit(work, command.unit, command.resource)
    work.append(stream, *opening, *training.refuse(state, resource=command.resource, reason=command.reason))
    return Result(stream)
