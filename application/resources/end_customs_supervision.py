# SPDX-License-Identifier: Apache-2.0
"""Record that customs released a duty-free import."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.resources.permits import held
from application.work import Work
from domain.resources import customs


class EndCustomsSupervision(Command):
    """Record that supervision is over; from `ended_on` on no customs condition is needed (CQ 18)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ended_on": "2027-06-14",
                "notice_number": "DEMO-CQ-2027-002",
                "ground": "period_over",
            }
        }
    )

    resource: UUID
    ended_on: date
    notice_number: Code
    ground: Literal["period_over", "duty_paid", "other"]


def end_customs_supervision(command: EndCustomsSupervision, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `customs.end_supervision` raises."""
    found = held(work, command.resource)
    stated = command.model_dump(exclude={"resource"})
    work.append(found.id, *customs.end_supervision(found.state, **stated, edition=work.edition()))
    return Result(id=found.id)
