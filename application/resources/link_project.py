# SPDX-License-Identifier: Apache-2.0
"""Link a funded project."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.resources.permits import held
from application.work import Work
from domain.kernel.time import Instant
from domain.parties.unit import UNIT
from domain.resources import projects


class LinkProject(Command):
    """Name the funded project that formed a resource; its acceptance limits the submission (JS 11.b)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "project_number": "BE2023001",
                "project_title": "太湖蓝藻监测预警关键技术",
                "planned_acceptance_at": "2026-12-31T10:00:00+08:00",
            }
        }
    )

    resource: UUID
    project_number: Code
    project_title: str = ""
    planned_acceptance_at: Instant


def link_project(command: LinkProject, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `projects.link` raises."""
    found = held(work, command.resource)
    unit = work.load(UNIT, found.state.unit).state
    events = projects.link(
        found.state,
        project_number=command.project_number,
        project_title=command.project_title,
        planned_acceptance_at=command.planned_acceptance_at,
        edition=work.edition(),
        by_reference=unit.scope_mode == "by_reference",
    )
    work.append(found.id, *events)
    return Result(id=found.id)
