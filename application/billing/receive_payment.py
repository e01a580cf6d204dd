# SPDX-License-Identifier: Apache-2.0
"""Record a payment."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.command import Code, Command, Result, Words
from domain.billing import settling
from domain.billing.order import ORDER
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class ReceivePayment(Command):
    """Record money that the customer paid, by bank data; partial payments are allowed."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "amount_fen": 84000,
                "bank_reference": "ICBC-20260310-000123",
                "received_on": "2026-03-10",
            }
        }
    )

    order_id: UUID
    amount_fen: Fen
    bank_reference: Code
    received_on: date
    payer_account: Words | None = Field(default=None, description="Personal data: encrypted in the log")


def receive_payment(command: ReceivePayment, work: Work) -> Result:
    """Raises `DomainError`, `KeyTaken` at commit for a bank reference known already, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    payer = order.state.customer or order.state.customer_user
    decided = settling.receive(
        order.state,
        order.id,
        amount_fen=command.amount_fen,
        bank_reference=command.bank_reference,
        received_on=command.received_on,
        payer_account=Personal.of(payer, command.payer_account) if command.payer_account else None,
        today=local_date(work.now),
    )
    return finish(work, order, decided)
