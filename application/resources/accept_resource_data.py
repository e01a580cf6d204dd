# SPDX-License-Identifier: Apache-2.0
"""Accept a submission."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.resources import submission
from domain.resources.resource import RESOURCE


class AcceptResourceData(Command):
    """Accept a submission that was checked against the standard in force (JS 11.c, CQ 8(d))."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "standard": "GB/T 36073-2018",
            }
        }
    )

    resource: UUID
    standard: Words


def accept_resource_data(command: AcceptResourceData, work: Work) -> Result:
    """Raises `NotFound` and what `submission.accept` raises."""
    found = work.load(RESOURCE, command.resource)
    events = submission.accept(found.state, standard=command.standard, received_by=work.actor.organisation)
    work.append(found.id, *events)
    return Result(id=found.id)
