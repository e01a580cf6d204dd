# SPDX-License-Identifier: Apache-2.0
"""Pay a part of a bill with a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.sides import customer_side
from application.command import Command, Result
from application.vouchers.facts import purchase_of
from domain.billing import deducting
from domain.billing.events import VoucherDeducted
from domain.billing.order import ORDER
from domain.kernel.errors import Rules
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.vouchers import eligibility, using
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.billing.order import Order
    from domain.vouchers.grant import Grant


class DeductVoucher(Command):
    """Set a voucher against the bill; without an amount, as much as balance, open fee and ratio allow (CQ-19.2)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f",
                "amount_fen": 36000,
            }
        }
    )

    order_id: UUID
    grant_id: UUID
    amount_fen: Fen | None = None


def deduct_voucher(command: DeductVoucher, work: Work) -> Result:
    """Raises `DomainError` with every broken rule, `NotFound`, `NotPermitted`; `QuotaExhausted` at commit."""
    order = work.load(ORDER, command.order_id)
    customer_side(work, order.state)
    grant = work.load(GRANT, command.grant_id)
    offer = _offer(work, order, grant)
    edition = work.edition()
    decided = deducting.deduct(order.state, order.id, offer, amount_fen=command.amount_fen, edition=edition)
    reservation = order.state.reservation
    for event in decided:
        if isinstance(event, VoucherDeducted):
            used = using.use(grant.state, order=order.id, reservation=reservation, amount_fen=event.amount_fen)
            work.append(grant.id, *used)
    return finish(work, order, decided)


def _offer(work: Work, order: Loaded[Order], grant: Loaded[Grant]) -> deducting.Offer:
    """The voucher as it meets this order, with every rule of its programme that the order breaks."""
    bill = order.state
    programme = work.load(PROGRAMME, grant.state.programme).state
    today = local_date(work.now)
    rules = Rules()
    using.note_usable(rules, grant.state, customer=bill.customer, user=bill.customer_user)
    using.note_valid(rules, grant.state, reservation=bill.reservation, used_on=bill.used_on or today, today=today)
    eligibility.note_ineligible(rules, programme, purchase_of(work, bill), work.edition())
    mode = programme.terms.settlement_mode
    rules.require(mode == "deduction", "vouchers.paid_after_the_fact", number=programme.number)
    return deducting.Offer(
        grant=grant.id,
        programme=grant.state.programme,
        available_fen=using.available_fen(grant.state, bill.reservation),
        most_fen=programme.most_of(bill.amount_fen),
        objections=tuple(rules.broken),
    )
