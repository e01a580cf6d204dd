# SPDX-License-Identifier: Apache-2.0
"""Settle a paid order."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.command import Command, Result
from domain.billing import settling
from domain.billing.order import ORDER
from domain.contracts.contract import CONTRACT
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.billing.order import Order


class SettleOrder(Command):
    """Book the income of a paid order, once, by the provider's budget status today (JS-21.2)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f"}})

    order_id: UUID


def settle_order(command: SettleOrder, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    today = local_date(work.now)
    decided = settling.settle(
        order.state,
        budget_status=work.load(LEGAL_PERSON, order.state.provider).state.budget_status,
        disputed=_disputed(work, order),
        settled_on=today,
        edition=work.edition(today),
    )
    return finish(work, order, decided)


def _disputed(work: Work, order: Loaded[Order]) -> bool:
    """Whether a dispute of its contract holds this order; a dispute that names no orders holds them all."""
    if order.state.contract is None:
        return False
    contract = work.load(CONTRACT, order.state.contract).state
    return contract.state == "disputed" and order.id in (contract.disputed_orders or (order.id,))
