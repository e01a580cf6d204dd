# SPDX-License-Identifier: Apache-2.0
"""Report on a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Sha256, Words
from application.governance.authority import of_its_assignee
from domain.governance import task
from domain.governance.task import TASK

if TYPE_CHECKING:
    from application.work import Work


class ReportOnOfficeTask(Command):
    """The assignee says how far the task has come, once or several times."""

    TARGET: ClassVar[str | None] = "task"
    model_config = ConfigDict(
        json_schema_extra={"example": {"task": "6d5c4b3a-2f1e-5d0c-9b8a-7f6e5d4c3b2a", "report": "简报已编制并报送"}}
    )

    task: UUID
    report: Words
    digest: Sha256 | None = None


def report_on_office_task(command: ReportOnOfficeTask, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(TASK, command.task)
    of_its_assignee(work, found.state)
    work.append(found.id, *task.report(found.state, text=command.report, digest=command.digest))
    return Result(id=found.id)
