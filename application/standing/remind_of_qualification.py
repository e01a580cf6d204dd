# SPDX-License-Identifier: Apache-2.0
"""Remind of the end of a qualification."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.standing.keeping import kept
from application.standing.qualification_end import QualificationEnd
from domain.kernel.time import local_date
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class RemindOfQualification(QualificationEnd):
    """A qualification comes to its end, on its last day or by disuse; issued by the system, once for each end."""


def remind_of_qualification(command: RemindOfQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    stream, state, _ = kept(work, command.unit, command.user)
    training.require_end(state, resource=command.resource, ends_on=command.ends_on)
    work.append(stream, *training.remind(state, resource=command.resource, today=local_date(work.now)))
    return Result(stream)
