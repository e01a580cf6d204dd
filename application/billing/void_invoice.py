# SPDX-License-Identifier: Apache-2.0
"""Void a settlement bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.restoring import restore_voucher
from application.billing.sides import provider_side
from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from domain.billing import invoicing
from domain.billing.order import ORDER

if TYPE_CHECKING:
    from application.work import Work


class VoidInvoice(Command):
    """Take our bill back before anything was paid; a voucher deduction returns to its grant."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f", "reason": "开票信息有误"}}
    )

    order_id: UUID
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head changes a charge of locked time")


def void_invoice(command: VoidInvoice, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    decided = invoicing.void_invoice(order.state, order.id, reason=command.reason)
    decided += unlocked(work, order, command.lock_override)
    restore_voucher(work, order, order.state.deducted_fen, command.reason)
    return finish(work, order, decided)
