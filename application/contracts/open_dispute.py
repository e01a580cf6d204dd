# SPDX-License-Identifier: Apache-2.0
"""Open a dispute over a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.billing.order import ORDER
from domain.contracts import performing
from domain.contracts.contract import CONTRACT
from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from application.work import Work


class OpenDispute(Command):
    """Open a dispute, also after fulfilment; settlement of the orders named is held."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "reason": "数据与约定的检测条件不符",
                "orders": ["4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f"],
            }
        }
    )

    contract_id: UUID
    reason: Words
    orders: tuple[UUID, ...] = Field(default=(), max_length=200)


def open_dispute(command: OpenDispute, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    _require_own_orders(work, loaded.id, command.orders)
    decided = performing.open_dispute(loaded.state, by=side, reason=command.reason, orders=command.orders)
    work.append(loaded.id, *decided)
    return answer(work.load(CONTRACT, loaded.id))


def _require_own_orders(work: Work, contract: UUID, orders: tuple[UUID, ...]) -> None:
    rules = Rules()
    for order in orders:
        rules.require(
            work.load(ORDER, order).state.contract == contract,
            "contracts.order_of_another_contract",
            field="orders",
            order=str(order),
        )
    rules.enforce()
