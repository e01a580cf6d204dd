# SPDX-License-Identifier: Apache-2.0
"""Note that a deadline is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict

from application.command import Result
from application.governance.deadline_command import EXAMPLE, DeadlineCommand
from application.governance.standing import stands
from domain.governance import deadline
from domain.governance.deadline import DEADLINE
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class PassDeadline(DeadlineCommand):
    """The day is over and what was due has not been done; issued by the system, once, with the original day."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})


def pass_deadline(command: PassDeadline, work: Work) -> Result:
    """Raises `DomainError`."""
    due = command.due
    issued = work.find(DEADLINE, due.id)
    events = deadline.pass_by(
        issued.state if issued else None, due, stands=stands(work, due), today=local_date(work.now)
    )
    work.append(due.id, *events)
    return Result(id=due.id)
