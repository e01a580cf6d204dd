# SPDX-License-Identifier: Apache-2.0
"""Ask to be qualified for an instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Result
from application.guards import own_self
from application.standing.keeping import kept, require_of_unit
from application.standing.rules import in_force
from application.standing.standing_command import StandingCommand
from domain.kernel.time import local_date
from domain.parties.user import USER, require_active
from domain.standing import training

if TYPE_CHECKING:
    from application.work import Work


class ApplyForQualification(StandingCommand):
    """Ask the unit to be qualified for an instrument whose published house rules demand training.

    Possible anew after a refusal, an end or a withdrawal, and in the days before an end.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "note": "已在原单位操作同型号仪器两年",
            }
        }
    )

    resource: UUID
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


def apply_for_qualification(command: ApplyForQualification, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    own_self(work, command.user)
    stream, state, opening = kept(work, command.unit, command.user)
    require_active(work.load(USER, command.user).state)
    require_of_unit(work, command.unit, command.resource)
    training.require_rule(in_force(work, command.resource).rules.training, work.edition())
    decided = training.apply(state, resource=command.resource, note=command.note, today=local_date(work.now))
    work.append(stream, *opening, *decided)
    return Result(stream)
