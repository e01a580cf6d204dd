# SPDX-License-Identifier: Apache-2.0
"""Note that a qualification is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.standing.keeping import kept
from application.standing.qualification_end import QualificationEnd
from domain.kernel.time import local_date
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class LapseQualification(QualificationEnd):
    """A qualification is over; issued by the system, once, with its own last day however late."""


def lapse_qualification(command: LapseQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    stream, state, _ = kept(work, command.unit, command.user)
    training.require_end(state, resource=command.resource, ends_on=command.ends_on)
    work.append(stream, *training.lapse(state, resource=command.resource, today=local_date(work.now)))
    return Result(stream)
