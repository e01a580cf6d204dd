# SPDX-License-Identifier: Apache-2.0
"""Suspend a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import open_reservations, run
from application.work import Work
from domain.resources import publication
from domain.resources.publication import SuspensionGround


class SuspendResource(Command):
    """Close a published resource for a while (JS 15, 16.a). The answer lists open reservations for decision."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ground": "fault",
                "reason": "电子枪故障",
            }
        }
    )

    resource: UUID
    ground: SuspensionGround
    reason: Words


def suspend_resource(command: SuspendResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `publication.suspend` raises."""
    found = run(work, command.resource)
    hit = open_reservations(work, found)
    events = publication.suspend(found.state, ground=command.ground, reason=command.reason, open_reservations=hit)
    work.append(found.id, *events)
    return Result(id=found.id, data={"open_reservations": [str(reservation) for reservation in hit]})
