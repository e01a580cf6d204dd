# SPDX-License-Identifier: Apache-2.0
"""Withdraw a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held, open_reservations
from application.work import Work
from domain.resources import custody
from domain.resources.custody import WithdrawalGround


class WithdrawResource(Command):
    """Take a resource out for ever: scrapped, sold or returned (ruling 8.15)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "ground": "scrapped",
                "reason": "到达使用年限",
            }
        }
    )

    resource: UUID
    ground: WithdrawalGround
    reason: Words


def withdraw_resource(command: WithdrawResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `custody.withdraw` raises."""
    found = held(work, command.resource)
    hit = open_reservations(work, found)
    events = custody.withdraw(found.state, ground=command.ground, reason=command.reason, open_reservations=hit)
    work.append(found.id, *events)
    return Result(id=found.id)
