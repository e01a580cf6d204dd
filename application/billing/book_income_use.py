# SPDX-License-Identifier: Apache-2.0
"""Book the use of income."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.command import Code, Command, Result, Words
from domain.billing import settling
from domain.billing.order import ORDER
from domain.kernel.money import Fen

if TYPE_CHECKING:
    from application.work import Work


class BookIncomeUse(Command):
    """Record what settled income was used for, by budget category (JS 21.c, 21.d; CQ 21)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "category": "renewal_and_maintenance",
                "amount_fen": 50000,
                "reference": "凭证2026-03-0123",
            }
        }
    )

    order_id: UUID
    category: Code
    amount_fen: Fen
    reference: Words


def book_income_use(command: BookIncomeUse, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    decided = settling.book_use(
        order.state,
        category=command.category,
        amount_fen=command.amount_fen,
        reference=command.reference,
        edition=work.edition(),
    )
    return finish(work, order, decided)
