# SPDX-License-Identifier: Apache-2.0
"""Add a member to a group."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.parties.group_permits import for_leader_or_staff, leads
from application.parties.memberships import follow
from application.work import Work
from domain.parties import grouping
from domain.parties.user import USER


class AddGroupMember(Command):
    """Let a user book for the group: of the same legal person, or an individual if the leader says so."""

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
            }
        }
    )

    group: UUID
    user: UUID


def add_group_member(command: AddGroupMember, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.join` raises."""
    found = for_leader_or_staff(work, command.group)
    user = work.load(USER, command.user).state
    joined = grouping.join(found.state, command.user, user, by=work.actor.user, by_leader=leads(work, found.state))
    work.append(found.id, *joined)
    follow(work, found.id, command.user)
    return Result(found.id)
