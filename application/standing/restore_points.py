# SPDX-License-Identifier: Apache-2.0
"""Give points back by grace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field

from application.command import Result, Words
from application.standing.keeping import own_users
from application.standing.restoring import clear_members
from application.standing.standing_command import StandingCommand
from domain.standing import points

if TYPE_CHECKING:
    from application.work import Work


class RestorePoints(StandingCommand):
    """Give a user points back that were lost with the unit, with a reason; bans that no longer stand with them end."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "points": 5,
                "reason": "协助维护仪器",
            }
        }
    )

    points: int = Field(ge=1, le=1000)
    reason: Words


def restore_points(command: RestorePoints, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, _ = own_users(work, command.unit, command.user)
    decided = points.grant(state, points=command.points, reason=command.reason, now=work.now)
    work.append(stream, *decided)
    clear_members(work, state, decided, command.reason)
    return Result(stream)
