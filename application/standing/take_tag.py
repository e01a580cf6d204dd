# SPDX-License-Identifier: Apache-2.0
"""Take a tag from a user."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.standing.keeping import own_users
from application.standing.standing_command import StandingCommand
from domain.kernel.house_rules import Tag
from domain.standing import tags

if TYPE_CHECKING:
    from application.work import Work


class TakeTag(StandingCommand):
    """Take a tag back, with a reason; where it was given for one instrument, `resource` names it."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "tag": "trained",
                "reason": "课题已结题",
            }
        }
    )

    tag: Tag
    resource: UUID | None = None
    reason: Words


def take_tag(command: TakeTag, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    stream, state, opening = own_users(work, command.unit, command.user)
    decided = tags.take(state, tag=command.tag, resource=command.resource, reason=command.reason)
    work.append(stream, *opening, *decided)
    return Result(stream)
