# SPDX-License-Identifier: Apache-2.0
"""End an operator's authorisation."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import custody


class EndOperationAuthorisation(Command):
    """End an operator's authorisation at once."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "operator": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "reason": "协议终止",
            }
        }
    )

    resource: UUID
    operator: UUID
    reason: Words


def end_operation_authorisation(command: EndOperationAuthorisation, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `custody.dismiss_operator` raises."""
    found = held(work, command.resource)
    events = custody.dismiss_operator(found.state, operator=command.operator, reason=command.reason)
    work.append(found.id, *events)
    return Result(id=found.id)
