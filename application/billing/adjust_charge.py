# SPDX-License-Identifier: Apache-2.0
"""Charge another amount than the computed one, before the bill."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.billing.adjusting import second_person_above
from application.billing.finishing import finish
from application.billing.pricing import tariff_of_the_day
from application.billing.sides import provider_side
from application.billing.unlocking import unlocked
from application.command import Command, Result, Words
from domain.billing import adjusting
from domain.billing.charge_events import ChargeAdjusted
from domain.billing.events import BillLine
from domain.billing.order import ORDER, require_state
from domain.kernel.money import Fen

if TYPE_CHECKING:
    from application.work import Work
    from domain.billing.order import Order


class AdjustCharge(Command):
    """Charge less than what was computed, with a reason: by lines, or by a sum that is spread over the lines.

    Without either the computed charge is taken up again. Where the fee standard asks for a second person, the amount
    is proposed and holds once another person of the unit has agreed.
    """

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "amount_fen": 40000,
                "reason": "设备漂移，部分数据需重测",
            }
        }
    )

    order_id: UUID
    amount_fen: Fen | None = None
    lines: tuple[BillLine, ...] | None = Field(default=None, min_length=1, max_length=200)
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head changes a charge of locked time")


def adjust_charge(command: AdjustCharge, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    require_state(order.state, "adjust", *adjusting.UNBILLED)
    decided = adjusting.adjust(
        order.state,
        lines=_lines(command, order.state),
        reason=command.reason,
        by=work.actor.user,
        tariff=tariff_of_the_day(work, order.state),
        second_person_above_fen=second_person_above(work, order.state),
        edition=work.edition(order.state.used_on),
    )
    if any(isinstance(event, ChargeAdjusted) for event in decided):  # what is proposed changes nothing yet
        decided += unlocked(work, order, command.lock_override)
    result = finish(work, order, decided)
    after = ORDER.fold(decided, order.state)
    return Result(result.id, {**result.data, "proposed": bool(after and after.proposed)})


def _lines(command: AdjustCharge, order: Order) -> tuple[BillLine, ...]:
    assert order.delivery is not None, "what is charged was delivered"
    computed = order.delivery.lines
    if command.lines is not None:
        return command.lines
    return computed if command.amount_fen is None else adjusting.spread(computed, command.amount_fen)
