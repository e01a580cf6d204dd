# SPDX-License-Identifier: Apache-2.0
"""Withdraw the record of an output."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import serves_customer
from domain.contracts.output import OUTPUT, withdraw

if TYPE_CHECKING:
    from application.work import Work


class WithdrawOutput(Command):
    """Take back an output that was recorded by mistake; what is corrected is recorded anew."""

    TARGET = "output_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"output_id": "c0f1e6a5-5b3b-5e0e-8f2d-7a9a6c4b2d11", "reason": "DOI 填写有误"}}
    )

    output_id: UUID
    reason: Words


def withdraw_output(command: WithdrawOutput, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(OUTPUT, command.output_id)
    serves_customer(work, loaded.state.customer, loaded.state.customer_user)
    work.append(loaded.id, *withdraw(loaded.state, reason=command.reason))
    return Result(loaded.id, {"identifier": loaded.state.recorded.identifier, "withdrawn": True})
