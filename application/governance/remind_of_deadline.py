# SPDX-License-Identifier: Apache-2.0
"""Remind of a deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict

from application.command import Result
from application.governance.deadline_command import EXAMPLE, DeadlineCommand
from application.governance.standing import stands
from domain.governance import deadline
from domain.governance.deadline import DEADLINE

if TYPE_CHECKING:
    from application.work import Work


class RemindOfDeadline(DeadlineCommand):
    """A day comes near on which something is due; issued by the system, once."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})


def remind_of_deadline(command: RemindOfDeadline, work: Work) -> Result:
    """Raises `DomainError`."""
    due = command.due
    issued = work.find(DEADLINE, due.id)
    events = deadline.remind(issued.state if issued else None, due, stands=stands(work, due), edition=work.edition())
    work.append(due.id, *events)
    return Result(id=due.id)
