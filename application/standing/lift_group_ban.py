# SPDX-License-Identifier: Apache-2.0
"""End the ban of a group before its day."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_unit
from domain.kernel.errors import refusal
from domain.parties.group import GROUP
from domain.standing import group
from domain.standing.group import GROUP_STANDING
from domain.standing.ids import group_standing_id

if TYPE_CHECKING:
    from application.work import Work


class LiftGroupBan(Command):
    """End the ban of a whole group before its day, with a reason; its members' own bans stay."""

    TARGET = "standing"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "3b1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "reason": "课题组已提交整改报告",
            }
        }
    )

    group: UUID
    unit: UUID
    reason: Words

    @property
    def standing(self) -> UUID:
        """The stream of the group's standing with the unit."""
        return group_standing_id(self.unit, self.group)


def lift_group_ban(command: LiftGroupBan, work: Work) -> Result:
    """Raises `DomainError`, `NotPermitted`."""
    own_unit(work, command.unit)
    own = work.find(GROUP, command.group)
    if own is not None and own.state.has(work.actor.user):
        raise refusal("standing.own_standing", field="group")
    stream = command.standing
    found = work.find(GROUP_STANDING, stream)
    work.append(stream, *group.lift(found.state if found else None, reason=command.reason, now=work.now))
    return Result(stream)
