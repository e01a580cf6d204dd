# SPDX-License-Identifier: Apache-2.0
"""End a ban before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users
from application.standing.restoring import clear_members
from application.standing.standing_command import StandingCommand
from domain.standing import bans

if TYPE_CHECKING:
    from application.work import Work


class LiftBan(StandingCommand):
    """End a ban of the unit before its day, with a reason; both stay in history."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "ban": "5f3c0f7e-6b1f-5d0a-9a36-0d7a4cf0a111",
                "reason": "已重新培训并考核合格",
            }
        }
    )

    ban: UUID
    reason: Words


def lift_ban(command: LiftBan, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, _ = own_users(work, command.unit, command.user)
    decided = bans.lift(state, ban=command.ban, reason=command.reason, now=work.now)
    work.append(stream, *decided)
    clear_members(work, state, decided, command.reason)
    return Result(stream)
