# SPDX-License-Identifier: Apache-2.0
"""Take a member out of a group."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.group_permits import for_leader_or_staff
from application.parties.memberships import follow
from application.work import Loaded, Work
from domain.kernel.actor import Role
from domain.parties import grouping
from domain.parties.group import GROUP, Group


class RemoveGroupMember(Command):
    """Let a member no longer book for the group; members may go themselves. What was booked stays."""

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "reason": "毕业离校",
            }
        }
    )

    group: UUID
    user: UUID
    reason: Words


def remove_group_member(command: RemoveGroupMember, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.leave` raises."""
    found = _group(command, work)
    work.append(found.id, *grouping.leave(found.state, command.user, reason=command.reason))
    follow(work, found.id, command.user)
    return Result(found.id)


def _group(command: RemoveGroupMember, work: Work) -> Loaded[Group]:
    if work.actor.role is Role.USER and work.actor.user == command.user:
        return work.load(GROUP, command.group)
    return for_leader_or_staff(work, command.group)
