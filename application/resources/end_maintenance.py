# SPDX-License-Identifier: Apache-2.0
"""End maintenance."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.permits import run
from application.work import Work
from domain.resources import upkeep


class EndMaintenance(Command):
    """Bring lanes back into service, at the planned end or before it."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "maintenance": "1d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
            }
        }
    )

    resource: UUID
    maintenance: UUID


def end_maintenance(command: EndMaintenance, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `upkeep.end_maintenance` raises."""
    found = run(work, command.resource)
    events = upkeep.end_maintenance(found.state, maintenance=command.maintenance, now=work.now)
    work.append(found.id, *events)
    return Result(id=found.id)
