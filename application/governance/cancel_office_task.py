# SPDX-License-Identifier: Apache-2.0
"""Take a task back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.authority import of_its_giver
from domain.governance import task
from domain.governance.task import TASK

if TYPE_CHECKING:
    from application.work import Work


class CancelOfficeTask(Command):
    """Whoever gave the task no longer wants it."""

    TARGET: ClassVar[str | None] = "task"
    model_config = ConfigDict(
        json_schema_extra={"example": {"task": "6d5c4b3a-2f1e-5d0c-9b8a-7f6e5d4c3b2a", "reason": "并入年度报告"}}
    )

    task: UUID
    reason: Words


def cancel_office_task(command: CancelOfficeTask, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(TASK, command.task)
    of_its_giver(work, found.state)
    work.append(found.id, *task.cancel(found.state, reason=command.reason))
    return Result(id=found.id)
