# SPDX-License-Identifier: Apache-2.0
"""Confirm an exemption."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.permits import supervised
from application.work import Work
from domain.kernel.time import local_date
from domain.resources import exemption


class ConfirmExemption(Command):
    """Let a claimed exemption hold until its review (JS 9.b, CQ 5.a, A09)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "review_on": "2027-01-01",
            }
        }
    )

    resource: UUID
    review_on: date


def confirm_exemption(command: ConfirmExemption, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `exemption.confirm` raises."""
    found = supervised(work, command.resource)
    events = exemption.confirm(
        found.state, review_on=command.review_on, edition=work.edition(), today=local_date(work.now)
    )
    work.append(found.id, *events)
    return Result(id=found.id)
