# SPDX-License-Identifier: Apache-2.0
"""Accept a submission."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.standards import standard_on
from application.work import Work
from domain.kernel.time import local_date
from domain.resources import submission
from domain.resources.resource import RESOURCE


class AcceptResourceData(Command):
    """Accept a submission that was checked against a data standard in force today (JS 8(2), 11.c; CQ 8(d)).

    `standard` is a technical standard among the documents of governance (`GET /api/v1/documents`).
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "standard": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d",
            }
        }
    )

    resource: UUID
    standard: UUID


def accept_resource_data(command: AcceptResourceData, work: Work) -> Result:
    """Raises `NotFound` and what `submission.accept` raises."""
    found = work.load(RESOURCE, command.resource)
    today = local_date(work.now)
    events = submission.accept(
        found.state,
        standard=standard_on(work, command.standard, today),
        received_by=work.actor.organisation,
        today=today,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
