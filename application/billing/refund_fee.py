# SPDX-License-Identifier: Apache-2.0
"""Refund a fee, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.restoring import restore_voucher
from application.billing.sides import provider_side
from application.command import Command, Result, Words
from domain.billing import settling
from domain.billing.events import FeePartlyRefunded, FeeRefunded
from domain.billing.order import ORDER
from domain.kernel.money import Fen
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class RefundFee(Command):
    """Give the fee back, split as it was paid; without an amount, all that is left of it (A47)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "amount_fen": 30000,
                "reason": "设备故障，部分退费",
            }
        }
    )

    order_id: UUID
    amount_fen: Fen | None = None
    reason: Words


def refund_fee(command: RefundFee, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    claimed = _claimed(work, command.order_id)
    decided = settling.refund(order.state, amount_fen=command.amount_fen, claimed=claimed, reason=command.reason)
    for event in decided:
        if isinstance(event, FeeRefunded | FeePartlyRefunded) and claimed is None:
            restore_voucher(work, order, event.voucher_part_fen, command.reason)
    return finish(work, order, decided)


def _claimed(work: Work, order_id: UUID) -> settling.Claimed | None:
    """How the live redemption claim on the order stands, if there is one."""
    claim = work.claims.owner("redemption.of_order", str(order_id))
    if claim is None:
        return None
    redemption = work.load(REDEMPTION, claim).state
    if redemption.state == "clawed_back":
        return settling.Claimed("recovered", redemption.recovered_fen)
    paid = redemption.state in ("reimbursed", "clawback_ordered")
    return settling.Claimed("reimbursed" if paid else "open")
