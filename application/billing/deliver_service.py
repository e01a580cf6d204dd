# SPDX-License-Identifier: Apache-2.0
"""Deliver once more after rework."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.pricing import charge_for, used
from application.billing.sides import provider_side
from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from domain.billing import delivering
from domain.billing.order import ORDER
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work


class DeliverService(Command):
    """Deliver corrected quantities after rework; the first delivery comes from the use itself."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f", "used_minutes": 90, "samples": 3}
        }
    )

    order_id: UUID
    used_minutes: int = Field(ge=0, le=1_000_000)
    samples: int = Field(default=0, ge=0, le=100_000)
    lock_override: Words | None = Field(default=None, description="Why the unit's head changes a charge of locked time")


def deliver_service(command: DeliverService, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    delivering.require_delivered_before(order.state)
    used_on, quoted = order.state.used_on, order.state.quote
    assert used_on is not None, "the first delivery named the day"
    assert quoted is not None, "the order of a use carries its quote"
    resource = work.load(RESOURCE, order.state.resource).state
    use = used(order.state, minutes=command.used_minutes, samples=command.samples)
    charge = charge_for(resource, used_on, quoted, use)
    decided = delivering.deliver(
        order.state, used_on=used_on, used_minutes=command.used_minutes, samples=command.samples, charge=charge
    )
    return finish(work, order, [*decided, *unlocked(work, order, command.lock_override)])
