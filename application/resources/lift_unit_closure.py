# SPDX-License-Identifier: Apache-2.0
"""Open a closed unit again."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_unit
from application.work import Work
from domain.parties import closing
from domain.parties.unit import UNIT


class LiftUnitClosure(Command):
    """Take back what is left of a closure of the unit: from now on its instruments are open again."""

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "closure": "1d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b67",
                "reason": "恢复开放",
            }
        }
    )

    unit: UUID
    closure: UUID
    reason: Words


def lift_unit_closure(command: LiftUnitClosure, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `closing.lift_unit_closure` raises."""
    own_unit(work, command.unit)
    found = work.load(UNIT, command.unit)
    work.append(
        found.id, *closing.lift_unit_closure(found.state, closure=command.closure, reason=command.reason, now=work.now)
    )
    return Result(id=found.id)
