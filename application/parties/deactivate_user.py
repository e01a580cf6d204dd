# SPDX-License-Identifier: Apache-2.0
"""Deactivate a user."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.permits import may_keep_user
from application.work import Work
from domain.parties import user
from domain.parties.user import USER


class DeactivateUser(Command):
    """End a user's part; all their tokens end with it, history stays."""

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={"example": {"user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44", "reason": "离职"}}
    )

    user: UUID
    reason: Words


def deactivate_user(command: DeactivateUser, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `user.deactivate` raises."""
    found = work.load(USER, command.user)
    may_keep_user(work, found.state.unit)
    work.append(found.id, *user.deactivate(found.state, reason=command.reason))
    return Result(id=found.id)
