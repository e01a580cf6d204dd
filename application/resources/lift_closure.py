# SPDX-License-Identifier: Apache-2.0
"""Open a closed resource again."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import closing


class LiftClosure(Command):
    """Take back what is left of a closure: from now on the time is open again."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "closure": "1d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b67",
                "reason": "搬迁提前完成",
            }
        }
    )

    resource: UUID
    closure: UUID
    reason: Words


def lift_closure(command: LiftClosure, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `closing.lift_closure` raises."""
    found = held(work, command.resource)
    work.append(
        found.id, *closing.lift_closure(found.state, closure=command.closure, reason=command.reason, now=work.now)
    )
    return Result(id=found.id)
