# SPDX-License-Identifier: Apache-2.0
"""Accept a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.sides import customer_side
from application.command import Code, Command, Result
from domain.billing import delivering
from domain.billing.fund_card import name_fund_card
from domain.billing.order import ORDER

if TYPE_CHECKING:
    from application.work import Work


class AcceptService(Command):
    """The customer confirms the quantity delivered."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f"}})

    order_id: UUID
    fund_card: Code | None = Field(default=None, description="The fund card to be charged, where it is named only now")


def accept_service(command: AcceptService, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    customer_side(work, order.state)
    named = name_fund_card(order.state, command.fund_card) if command.fund_card else []
    return finish(work, order, [*delivering.accept(order.state), *named])
