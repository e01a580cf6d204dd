# SPDX-License-Identifier: Apache-2.0
"""Send a delivery back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.sides import customer_side
from application.command import Command, Result, Words
from domain.billing import delivering
from domain.billing.order import ORDER

if TYPE_CHECKING:
    from application.work import Work


class RequestRework(Command):
    """The customer sends a delivery back, with what is wrong."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f", "reason": "机时与实际不符"}}
    )

    order_id: UUID
    reason: Words


def request_rework(command: RequestRework, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    customer_side(work, order.state)
    return finish(work, order, delivering.request_rework(order.state, reason=command.reason))
