# SPDX-License-Identifier: Apache-2.0
"""Record use outside the unit that customs agreed to."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import customs


class ApproveOutsideUse(Command):
    """Record that customs agreed to use of a duty-free import outside its unit, both days included (CQ 18)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "place": "北碚区示例产业园",
                "purpose": "联合试验",
                "notice_number": "DEMO-CQ-2026-014",
                "valid_from": "2026-04-01",
                "valid_until": "2026-06-30",
            }
        }
    )

    resource: UUID
    place: Words
    purpose: Words
    notice_number: Code
    valid_from: date
    valid_until: date


def approve_outside_use(command: ApproveOutsideUse, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `customs.approve_outside_use` raises."""
    found = held(work, command.resource)
    stated = command.model_dump(exclude={"resource"})
    work.append(found.id, *customs.approve_outside_use(found.state, **stated, edition=work.edition()))
    return Result(id=found.id)
