# SPDX-License-Identifier: Apache-2.0
"""Settle a call-off: when every use under it is over and paid."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.call_offs import left_of, outcome_of
from application.command import Command, Result
from application.contracts.calling_off import answer, for_party
from domain.contracts import using_call_off
from domain.contracts.call_off import CALL_OFF
from domain.contracts.contract import CONTRACT

if TYPE_CHECKING:
    from application.work import Work


class SettleCallOff(Command):
    """Settle a call-off: the orders of its uses are closed; what it held too much goes back to the framework."""

    TARGET = "call_off_id"
    model_config = ConfigDict(json_schema_extra={"example": {"call_off_id": "3d0c4f57-8f65-5a6e-b6fd-1a1b7f0b9d20"}})

    call_off_id: UUID


def settle_call_off(command: SettleCallOff, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_party(work, command.call_off_id)
    contract_id = loaded.state.contract
    contract = work.load(CONTRACT, contract_id).state
    outcomes = [outcome_of(work, use.reservation) for use in loaded.state.uses]
    left = left_of(work, contract_id, contract)
    work.append(loaded.id, *using_call_off.settle(loaded.state, contract, outcomes, left_fen=left))
    return answer(work.load(CALL_OFF, loaded.id))
