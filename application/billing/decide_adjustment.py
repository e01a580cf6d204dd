# SPDX-License-Identifier: Apache-2.0
"""Agree to a proposed charge, or decline it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from domain.billing import adjusting
from domain.billing.order import ORDER

if TYPE_CHECKING:
    from application.work import Work


class DecideAdjustment(Command):
    """Agree to a charge that a colleague proposed, or decline it; nobody decides on a proposal of their own."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "approved": True,
                "reason": "情况属实",
            }
        }
    )

    order_id: UUID
    approved: bool
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head changes a charge of locked time")


def decide_adjustment(command: DecideAdjustment, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    decided = adjusting.decide(
        order.state,
        approved=command.approved,
        reason=command.reason,
        by=work.actor.user,
        edition=work.edition(order.state.used_on),
    )
    if command.approved:
        decided += unlocked(work, order, command.lock_override)
    return finish(work, order, decided)
