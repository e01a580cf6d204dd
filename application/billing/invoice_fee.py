# SPDX-License-Identifier: Apache-2.0
"""Bill an accepted order under a gapless number."""

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
from domain.billing import invoicing
from domain.billing.adjusting import require_no_second_person
from domain.billing.events import BillLine
from domain.billing.order import ORDER
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON

if TYPE_CHECKING:
    from application.work import Work


class InvoiceFee(Command):
    """Issue our settlement bill. Without `lines` it is what was delivered; lines may only be lower (A37)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(json_schema_extra={"example": {"order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f"}})

    order_id: UUID
    lines: tuple[BillLine, ...] | None = Field(default=None, min_length=1, max_length=200)
    lock_override: Words | None = Field(
        default=None, description="Why the unit's head bills less than was charged in locked time"
    )


def invoice_fee(command: InvoiceFee, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    provider = work.load(LEGAL_PERSON, order.state.provider).state
    series = invoicing.series_of(provider.credit_code, local_date(work.now))
    lines = order.state.lines if command.lines is None else command.lines
    if command.lines is not None:
        amount = sum(line.amount_fen for line in lines)
        above_fen = second_person_above(work, order.state)
        require_no_second_person(order.state, amount, above_fen, by=work.actor.user)
    decided = invoicing.invoice(
        order.state,
        order.id,
        lines=lines,
        tariff=tariff_of_the_day(work, order.state),
        series=series,
        number=work.claims.last_number(series) + 1,
        edition=work.edition(order.state.used_on),
    )
    less = sum(line.amount_fen for line in lines) < order.state.amount_fen
    leave = unlocked(work, order, command.lock_override) if less else []
    return finish(work, order, [*decided, *leave])
