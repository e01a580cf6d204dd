# SPDX-License-Identifier: Apache-2.0
"""Qualify a user to operate a resource alone."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.guards import own_unit
from application.work import Work
from domain.parties import user
from domain.parties.user import USER
from domain.resources.resource import RESOURCE


class QualifyUser(Command):
    """Let a user operate a resource without help, both days included (ruling 8.16)."""

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "valid_from": "2026-01-01",
                "valid_until": "2026-12-31",
            }
        }
    )

    user: UUID
    resource: UUID
    valid_from: date
    valid_until: date


def qualify_user(command: QualifyUser, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `user.qualify` raises."""
    resource = work.load(RESOURCE, command.resource)
    own_unit(work, resource.state.unit)
    found = work.load(USER, command.user)
    events = user.qualify(
        found.state, resource=resource.id, valid_from=command.valid_from, valid_until=command.valid_until
    )
    work.append(found.id, *events)
    return Result(id=found.id)
