# SPDX-License-Identifier: Apache-2.0
"""Form a group of users."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.parties.group_permits import for_staff
from application.parties.memberships import follow
from application.work import Work
from domain.kernel.house_rules import Name
from domain.parties import grouping
from domain.parties.group_events import GroupFormed
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.user import USER


class FormGroup(Command):
    """Enter a group of a legal person (课题组) under a leader who works there."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "name": "低温物理课题组",
                "leader": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
            }
        }
    )

    legal_person: UUID
    name: Name
    leader: UUID


def form_group(command: FormGroup, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `grouping.form` raises."""
    for_staff(work, command.legal_person)
    work.load(LEGAL_PERSON, command.legal_person)
    leader = work.load(USER, command.leader).state
    new = work.new_id()
    work.append(new, *grouping.form(GroupFormed(**command.model_dump()), leader))
    follow(work, new, command.leader)
    return Result(new)
