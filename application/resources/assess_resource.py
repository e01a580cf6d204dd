# SPDX-License-Identifier: Apache-2.0
"""Assess a resource anew."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.guards import own_unit
from application.resources.business_days import editions_of
from application.resources.permits import HOLDERS
from application.work import Work
from domain.resources import assessment
from domain.resources.resource import RESOURCE


class AssessResource(Command):
    """Judge anew whether a resource must be shared, counts, is due, and needed a review (JS 2, 9, 12; CQ 3, 5, 12, 22).

    Registration does it by itself; this is for what was registered before, and for after a decision of the authority.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(json_schema_extra={"example": {"resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55"}})

    resource: UUID


def assess_resource(command: AssessResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `assessment.judge_again` raises."""
    found = work.load(RESOURCE, command.resource)
    if work.actor.role in HOLDERS:
        own_unit(work, found.state.unit)
    then = editions_of(work, accepted_on=found.state.accepted_on, acquired_on=found.state.acquired_on)
    work.append(found.id, *assessment.judge_again(found.state, edition=work.edition(), then=then))
    return Result(id=found.id)
