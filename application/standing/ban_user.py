# SPDX-License-Identifier: Apache-2.0
"""Keep a user from booking with the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users, require_of_unit
from application.standing.rules import in_force, of_unit
from application.standing.standing_command import StandingCommand
from domain.kernel.time import Instant
from domain.standing import bans

if TYPE_CHECKING:
    from application.work import Work


class BanUser(StandingCommand):
    """Keep a user from booking one instrument or with the unit, with a reason, until a moment or until it is lifted.

    Possible where rules on conduct are published (ruling 8.17); what is booked already stays.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "until": "2026-04-01T00:00:00+08:00",
                "ground": "safety",
                "reason": "未按规程操作高压气瓶",
            }
        }
    )

    resource: UUID | None = None
    until: Instant | None = None
    ground: Literal["safety", "breach", "unpaid", "other"]
    reason: Words


def ban_user(command: BanUser, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    require_of_unit(work, command.unit, command.resource)
    bound = in_force(work, command.resource) if command.resource else of_unit(work, command.unit)
    ban = work.new_id()
    decided = bans.ban(
        state,
        ban=ban,
        scope="instrument" if command.resource else "unit",
        resource=command.resource,
        until=command.until,
        ground=command.ground,
        reason=command.reason,
        versions=bound.versions,
        published=bound.rules.conduct is not None,
        edition=work.edition(),
        now=work.now,
    )
    work.append(stream, *opening, *decided)
    return Result(stream, {"ban": str(ban)})
