# SPDX-License-Identifier: Apache-2.0
"""Record a project's acceptance."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_unit
from application.resources.permits import HOLDERS
from application.work import Work
from domain.kernel.time import Instant
from domain.resources import projects
from domain.resources.resource import RESOURCE


class RecordProjectAcceptance(Command):
    """Record when the project behind a resource was accepted, and by which document (JS 11.b)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "accepted_at": "2026-03-01T10:00:00+08:00",
                "document": "苏科验〔2026〕18号",
            }
        }
    )

    resource: UUID
    accepted_at: Instant
    document: Words


def record_project_acceptance(command: RecordProjectAcceptance, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `projects.accept` raises."""
    found = work.load(RESOURCE, command.resource)
    if work.actor.role in HOLDERS:
        own_unit(work, found.state.unit)
    events = projects.accept(
        found.state,
        accepted_at=command.accepted_at,
        document=command.document,
        now=work.now,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
