# SPDX-License-Identifier: Apache-2.0
"""End an exemption."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import supervised
from application.work import Work
from domain.resources import exemption


class EndExemption(Command):
    """Say that the ground of an exemption has lapsed (JS 9.a, CQ 5.a)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "已解密",
            }
        }
    )

    resource: UUID
    reason: Words


def end_exemption(command: EndExemption, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `exemption.end` raises."""
    found = supervised(work, command.resource)
    events = exemption.end(found.state, reason=command.reason, edition=work.edition())
    work.append(found.id, *events)
    return Result(id=found.id)
