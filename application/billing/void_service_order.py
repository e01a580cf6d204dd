# SPDX-License-Identifier: Apache-2.0
"""Void an order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.sides import customer_side, provider_side
from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from domain.billing import delivering
from domain.billing.order import ORDER
from domain.contracts.contract import CONTRACT
from domain.kernel.actor import Role

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.billing.order import Order


class VoidServiceOrder(Command):
    """Void an order: nothing was delivered, or a dispute says so (lifecycle 6.5)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f", "reason": "未提供服务"}}
    )

    order_id: UUID
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head changes a charge of locked time")


def void_service_order(command: VoidServiceOrder, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    by_customer = work.actor.role is Role.USER
    side = customer_side if by_customer else provider_side
    side(work, order.state)
    released = _released_by_dispute(work, order, by_customer=by_customer)
    decided = delivering.void(order.state, reason=command.reason, disputed=released)
    return finish(work, order, [*decided, *unlocked(work, order, command.lock_override)])


def _released_by_dispute(work: Work, order: Loaded[Order], *, by_customer: bool) -> bool:
    """Whether a dispute over this order ended the contract; while it lasts, only the provider may give up its claim."""
    if order.state.contract is None:
        return False
    contract = work.load(CONTRACT, order.state.contract).state
    over_this = order.id in (contract.disputed_orders or (order.id,))
    ended = contract.state == "terminated" and contract.former is not None
    return over_this and (ended or (contract.state == "disputed" and not by_customer))
