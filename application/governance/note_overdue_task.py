# SPDX-License-Identifier: Apache-2.0
"""Note that a task is overdue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.governance import task
from domain.governance.task import TASK
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class NoteOverdueTask(Command):
    """The due day is over and nobody has reported; issued by the system."""

    TARGET: ClassVar[str | None] = "task"
    model_config = ConfigDict(
        json_schema_extra={"example": {"task": "6d5c4b3a-2f1e-5d0c-9b8a-7f6e5d4c3b2a", "due_on": "2026-07-31"}}
    )

    task: UUID
    due_on: date


def note_overdue_task(command: NoteOverdueTask, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    found = work.load(TASK, command.task)
    work.append(found.id, *task.fall_overdue(found.state, due_on=command.due_on, today=local_date(work.now)))
    return Result(id=found.id)
