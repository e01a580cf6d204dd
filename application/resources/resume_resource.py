# SPDX-License-Identifier: Apache-2.0
"""Resume a suspended resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.resources.permits import held, holder_of
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.resources import publication


class ResumeResource(Command):
    """Open a suspended resource again; the publication guard must hold again (JS 14, CQ 14.c)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
            }
        }
    )

    resource: UUID


def resume_resource(command: ResumeResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `publication.resume` raises."""
    found = held(work, command.resource)
    unit = work.load(UNIT, found.state.unit).state
    events = publication.resume(
        found.state,
        portal_url=found.state.portal_url,
        holder=holder_of(work, unit),
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
