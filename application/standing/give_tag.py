# SPDX-License-Identifier: Apache-2.0
"""Give a user a tag."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users, require_of_unit
from application.standing.standing_command import StandingCommand
from domain.kernel.house_rules import Tag
from domain.kernel.time import local_date
from domain.standing import tags

if TYPE_CHECKING:
    from application.work import Work


class GiveTag(StandingCommand):
    """Give a user a tag of the unit, for all of its instruments or one, to a last day if it has one.

    House rules and fee standards say what follows from a tag.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "tag": "trained",
                "valid_until": "2026-12-31",
                "reason": "长期合作课题组成员",
            }
        }
    )

    tag: Tag
    resource: UUID | None = None
    valid_until: date | None = None
    reason: Words


def give_tag(command: GiveTag, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    require_of_unit(work, command.unit, command.resource)
    decided = tags.give(
        state,
        tag=command.tag,
        resource=command.resource,
        valid_until=command.valid_until,
        reason=command.reason,
        today=local_date(work.now),
    )
    work.append(stream, *opening, *decided)
    return Result(stream)
