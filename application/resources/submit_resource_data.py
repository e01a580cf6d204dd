# SPDX-License-Identifier: Apache-2.0
"""Submit a resource's data."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.resources.permits import held
from application.resources.schemas import schema_for
from application.work import Work
from domain.resources import submission


class SubmitResourceData(Command):
    """Hand a resource's data to the receiving platform under the schema of its type (JS 11.b, CQ 12.b)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "schema_name": "tongchou.resource.condition",
            }
        }
    )

    resource: UUID
    schema_name: Code


def submit_resource_data(command: SubmitResourceData, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `submission.submit` raises."""
    found = held(work, command.resource)
    events = submission.submit(
        found.state,
        schema_name=command.schema_name,
        schema=schema_for(found.state.type),
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
