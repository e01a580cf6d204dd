# SPDX-License-Identifier: Apache-2.0
"""Withdraw a demand."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import serves_customer
from application.work import Work
from domain.network import demand
from domain.network.demand import DEMAND


class WithdrawDemand(Command):
    """Take a demand back."""

    TARGET: ClassVar[str | None] = "demand"

    model_config = ConfigDict(
        json_schema_extra={"example": {"demand": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03", "reason": "已自行解决"}}
    )

    demand: UUID
    reason: Words


def withdraw_demand(command: WithdrawDemand, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `demand.withdraw` raises."""
    found = work.load(DEMAND, command.demand)
    serves_customer(work, found.state.customer, found.state.user)
    work.append(found.id, *demand.withdraw(found.state, reason=command.reason))
    return Result(id=found.id)
