# SPDX-License-Identifier: Apache-2.0
"""Close a demand."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import serves_customer
from application.work import Work
from domain.kernel.actor import Role
from domain.network import demand
from domain.network.demand import DEMAND


class CloseDemand(Command):
    """End the search, whatever came of it: by the user, or by the centre."""

    TARGET: ClassVar[str | None] = "demand"

    model_config = ConfigDict(
        json_schema_extra={"example": {"demand": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03", "reason": "超过需求期限"}}
    )

    demand: UUID
    reason: Words


def close_demand(command: CloseDemand, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `demand.close` raises."""
    found = work.load(DEMAND, command.demand)
    if work.actor.role is not Role.SERVICE_CENTRE:
        serves_customer(work, found.state.customer, found.state.user)
    work.append(found.id, *demand.close(found.state, reason=command.reason))
    return Result(id=found.id)
