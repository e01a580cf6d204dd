# SPDX-License-Identifier: Apache-2.0
"""Give an order up before its report."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Words
from application.samples.sides import ORDER_ID, SampleCommand, finish, for_either
from domain.samples import intake

if TYPE_CHECKING:
    from application.command import Result
    from application.work import Work


class WithdrawSamples(SampleCommand):
    """Give an order up. It costs nothing before the first test; tests that took place stay owed as billed."""

    model_config = ConfigDict(json_schema_extra={"example": {"order_id": ORDER_ID, "reason": "样品已失效"}})

    order_id: UUID
    reason: Words


def withdraw_samples(command: WithdrawSamples, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_either(work, command.order_id)
    decided = intake.withdraw(loaded.state, by=side, reason=command.reason)
    return finish(work, loaded, decided, owed_fen=loaded.state.owed_fen)
