# SPDX-License-Identifier: Apache-2.0
"""Record a customs condition."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.resources.permits import held
from application.work import Work
from domain.resources import hours


class RecordCustomsCondition(Command):
    """Record the customs condition of a duty-free import, both days included (CQ 18)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "notice_number": "DEMO-CQ-2023-001",
                "valid_from": "2024-06-14",
                "valid_until": "2027-06-13",
            }
        }
    )

    resource: UUID
    notice_number: Code
    valid_from: date
    valid_until: date


def record_customs_condition(command: RecordCustomsCondition, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `hours.record_customs_condition` raises."""
    found = held(work, command.resource)
    events = hours.record_customs_condition(
        found.state,
        notice_number=command.notice_number,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
