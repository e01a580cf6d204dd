# SPDX-License-Identifier: Apache-2.0
"""End a ban from everywhere before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.standing.keeping import kept, require_of_another
from domain.standing import bans
from domain.standing.ids import EVERYWHERE, standing_id

if TYPE_CHECKING:
    from application.work import Work


class LiftBanEverywhere(Command):
    """End a ban from the whole platform before its day, with a reason; both stay in history."""

    TARGET = "standing"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "ban": "5f3c0f7e-6b1f-5d0a-9a36-0d7a4cf0a111",
                "reason": "复核后认定情节轻微",
            }
        }
    )

    user: UUID
    ban: UUID
    reason: Words

    @property
    def standing(self) -> UUID:
        """The stream of what holds with all units."""
        return standing_id(EVERYWHERE, self.user)


def lift_ban_everywhere(command: LiftBanEverywhere, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    require_of_another(work, command.user)
    stream, state, _ = kept(work, EVERYWHERE, command.user)
    work.append(stream, *bans.lift(state, ban=command.ban, reason=command.reason, now=work.now))
    return Result(stream)
