# SPDX-License-Identifier: Apache-2.0
"""Let a professional institution leave the platform."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_organisation
from application.work import Work
from domain.kernel.actor import Role
from domain.parties import legal_person
from domain.parties.legal_person import LEGAL_PERSON


class LeavePlatform(Command):
    """End an institution's part in the platform; history stays."""

    TARGET: ClassVar[str | None] = "legal_person"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "reason": "业务调整",
                "left_on": "2026-12-31",
            }
        }
    )

    legal_person: UUID
    reason: Words
    left_on: date


def leave_platform(command: LeavePlatform, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `legal_person.leave` raises."""
    found = work.load(LEGAL_PERSON, command.legal_person)
    if work.actor.role is Role.PROFESSIONAL_INSTITUTION:
        own_organisation(work, found.id)
    work.append(found.id, *legal_person.leave(found.state, reason=command.reason, left_on=command.left_on))
    return Result(id=found.id)
