# SPDX-License-Identifier: Apache-2.0
"""Lift an internal block."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import upkeep


class LiftInternalBlock(Command):
    """Free the time that was kept for the unit's own needs."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "block": "1d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b66",
                "reason": "课程取消",
            }
        }
    )

    resource: UUID
    block: UUID
    reason: Words


def lift_internal_block(command: LiftInternalBlock, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `upkeep.lift_block` raises."""
    found = held(work, command.resource)
    events = upkeep.lift_block(found.state, block=command.block, reason=command.reason, now=work.now)
    work.append(found.id, *events)
    return Result(id=found.id)
