# SPDX-License-Identifier: Apache-2.0
"""End a finance lease."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import leasing


class EndFinanceLease(Command):
    """End the lease in force from `ended_on` on, and say who owns the resource then (CQ 15.c)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ended_on": "2028-12-31",
                "title_to": "lessee",
                "reason": "租期届满，残值购买",
            }
        }
    )

    resource: UUID
    ended_on: date
    title_to: Literal["lessor", "lessee"]
    reason: Words


def end_finance_lease(command: EndFinanceLease, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `leasing.end_lease` raises."""
    found = held(work, command.resource)
    stated = command.model_dump(exclude={"resource"})
    work.append(found.id, *leasing.end_lease(found.state, **stated))
    return Result(id=found.id)
