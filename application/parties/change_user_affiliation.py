# SPDX-License-Identifier: Apache-2.0
"""Change whom a user works for."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.permits import affiliation_of, may_keep_user
from application.work import Work
from domain.parties import user
from domain.parties.events import UserAffiliationChanged, UserKind
from domain.parties.user import USER


class ChangeUserAffiliation(Command):
    """Let a user work for somebody else; tokens that speak for the former organisation end."""

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "user_kind": "enterprise",
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "reason": "调离",
            }
        }
    )

    user: UUID
    user_kind: UserKind
    legal_person: UUID | None = None
    unit: UUID | None = None
    reason: Words


def change_user_affiliation(command: ChangeUserAffiliation, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `user.change_affiliation` raises."""
    found = work.load(USER, command.user)
    may_keep_user(work, found.state.unit, command.unit)
    change = UserAffiliationChanged(**command.model_dump(exclude={"user"}))
    affiliation = affiliation_of(work, command.legal_person, command.unit)
    work.append(found.id, *user.change_affiliation(found.state, change, affiliation=affiliation))
    return Result(id=found.id)
