# SPDX-License-Identifier: Apache-2.0
"""Set a later day for a task."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.authority import of_its_giver
from domain.governance import task
from domain.governance.task import TASK
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class PostponeOfficeTask(Command):
    """Whoever gave the task sets a later day; a task reported already is open again."""

    TARGET: ClassVar[str | None] = "task"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "task": "6d5c4b3a-2f1e-5d0c-9b8a-7f6e5d4c3b2a",
                "due_on": "2026-08-31",
                "reason": "等待各市数据",
            }
        }
    )

    task: UUID
    due_on: date
    reason: Words


def postpone_office_task(command: PostponeOfficeTask, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(TASK, command.task)
    of_its_giver(work, found.state)
    work.append(
        found.id, *task.postpone(found.state, due_on=command.due_on, reason=command.reason, today=local_date(work.now))
    )
    return Result(id=found.id)
