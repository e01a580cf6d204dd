# SPDX-License-Identifier: Apache-2.0
"""Change who leads a group."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.group_permits import for_leader_or_staff
from application.parties.memberships import follow
from application.work import Work
from domain.parties import grouping
from domain.parties.user import USER


class ChangeGroupLeader(Command):
    """Let somebody else of the legal person lead; the former leader stays as a member."""

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "leader": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "reason": "原负责人退休",
            }
        }
    )

    group: UUID
    leader: UUID
    reason: Words


def change_group_leader(command: ChangeGroupLeader, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.change_leader` raises."""
    found = for_leader_or_staff(work, command.group)
    user = work.load(USER, command.leader).state
    work.append(found.id, *grouping.change_leader(found.state, command.leader, user, reason=command.reason))
    follow(work, found.id, command.leader)
    return Result(found.id)
