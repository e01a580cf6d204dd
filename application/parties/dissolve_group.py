# SPDX-License-Identifier: Apache-2.0
"""Dissolve a group."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.group_permits import for_leader_or_staff
from application.work import Work
from domain.parties import grouping


class DissolveGroup(Command):
    """End a group; nobody books for it any more, and its history stays."""

    TARGET = "group"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "group": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "reason": "项目结题",
            }
        }
    )

    group: UUID
    reason: Words


def dissolve_group(command: DissolveGroup, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.dissolve` raises."""
    found = for_leader_or_staff(work, command.group)
    work.append(found.id, *grouping.dissolve(found.state, reason=command.reason))
    return Result(found.id)
