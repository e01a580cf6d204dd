# SPDX-License-Identifier: Apache-2.0
"""Note that a qualification is over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.standing.keeping import kept
from domain.kernel.time import local_date
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class LapseQualification(Command):
    """A qualification is over; issued by the system, once, with its own last day however late."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ends_on": "2027-03-02",
            }
        }
    )

    user: UUID
    unit: UUID
    resource: UUID
    ends_on: date


def lapse_qualification(command: LapseQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    stream, state, _ = kept(work, command.unit, command.user)
    training.require_end(state, resource=command.resource, ends_on=command.ends_on)
    work.append(stream, *training.lapse(state, resource=command.resource, today=local_date(work.now)))
    return Result(stream)
