# SPDX-License-Identifier: Apache-2.0
"""Refuse an exemption."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import supervised
from application.work import Work
from domain.resources import exemption


class RefuseExemption(Command):
    """Say that a claimed exemption does not hold; the resource must be shared."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "不属于法定事由",
            }
        }
    )

    resource: UUID
    reason: Words


def refuse_exemption(command: RefuseExemption, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `exemption.refuse` raises."""
    found = supervised(work, command.resource)
    events = exemption.refuse(found.state, reason=command.reason, edition=work.edition())
    work.append(found.id, *events)
    return Result(id=found.id)
