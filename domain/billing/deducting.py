# SPDX-License-Identifier: Apache-2.0
"""A voucher against a bill: deducted by the user, or refused by the provider (JS 22.b; CQ 19.b, 19.c)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.billing import accounts
from domain.billing.events import VoucherDeducted, VoucherRefused
from domain.billing.invoicing import with_clearing
from domain.billing.order import Order, require_state
from domain.kernel.errors import Rules, Violation
from domain.kernel.event import Event
from domain.kernel.ledger import transfer
from domain.policy import Edition

LISTED_GROUNDS = ("expired", "wrong_programme", "suspected_fraud", "resource_not_eligible")
"""Grounds on which a voucher may be refused without an exception (A46)."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A voucher put against a bill. `most_fen` is what ratio and coverage allow of the whole fee.

    `objections` are the rules of its programme that this order breaks.
    """

    grant: UUID
    programme: UUID
    available_fen: int
    most_fen: int
    objections: Sequence[Violation] = ()


def deductible_fen(order: Order, offer: Offer) -> int:
    """The smallest of balance, open fee and what ratio and coverage still allow (CQ-19.2)."""
    return max(0, min(offer.available_fen, order.open_fen, offer.most_fen - order.deducted_fen))


def deduct(order: Order, order_id: UUID, offer: Offer, *, amount_fen: int | None, edition: Edition) -> list[Event]:
    """Set a voucher against the bill; without an amount, as much as possible.

    Raises `billing.kind_takes_no_voucher` (8.8), `billing.voucher_was_refused`, `billing.another_voucher_used`
    (A43), `billing.exceeds_voucher_balance`, `billing.exceeds_open_fee`, `billing.exceeds_subsidy_ratio`,
    `billing.nothing_to_deduct`, and the objections of the programme.
    """
    require_state(order, "deduct", "invoiced")
    amount = deductible_fen(order, offer) if amount_fen is None else amount_fen
    rules = Rules()
    rules.broken.extend(offer.objections)
    rules.require(order.kind == "service", "billing.kind_takes_no_voucher", kind=order.kind)
    rules.require(offer.grant not in order.refused_grants, "billing.voucher_was_refused")
    rules.require(order.deducted_grant in (None, offer.grant), "billing.another_voucher_used")
    cited = edition.citation("voucher.subsidy_ratio")
    rest = max(0, offer.most_fen - order.deducted_fen)
    rules.require(amount > 0, "billing.nothing_to_deduct", field="amount_fen")
    rules.require(
        amount <= offer.available_fen,
        "billing.exceeds_voucher_balance",
        field="amount_fen",
        left_fen=offer.available_fen,
    )
    rules.require(amount <= order.open_fen, "billing.exceeds_open_fee", field="amount_fen", open_fen=order.open_fen)
    rules.require(amount <= rest, "billing.exceeds_subsidy_ratio", citation=cited, field="amount_fen", most_fen=rest)
    rules.enforce()
    taken = transfer(accounts.voucher_receivable(order.provider), accounts.receivable(order_id), amount)
    deducted = VoucherDeducted(
        grant=offer.grant,
        programme=offer.programme,
        amount_fen=amount,
        entries=(*taken, *accounts.voucher_use(offer.grant, amount)),
        basis=edition.basis("voucher.subsidy_ratio", "voucher.max_coverage_of_fee", "voucher.use_mode"),
    )
    return with_clearing(order, [deducted])


def refuse(
    order: Order, *, grant: UUID, ground: str, reason: str, exception_reference: str | None, edition: Edition
) -> list[Event]:
    """The provider declines a voucher: on a listed ground, or with an exception (CQ-19.3, A46).

    Where the regime knows no duty to accept vouchers, a reason is enough. Raises `billing.refusal_without_reason`,
    `billing.refusal_ground_not_listed`, `billing.already_deducted`.
    """
    require_state(order, "refuse_voucher", "invoiced")
    rules = Rules()
    rules.require(bool(reason.strip()), "billing.refusal_without_reason", field="reason")
    duty = edition.optional("voucher.refusal_rule") == "exception_only"
    excused = ground in LISTED_GROUNDS or bool(exception_reference)
    cited = edition.citation("voucher.refusal_rule")
    rules.require(
        excused or not duty, "billing.refusal_ground_not_listed", citation=cited, field="ground", ground=ground
    )
    rules.require(order.deducted_grant != grant, "billing.already_deducted")
    rules.enforce()
    return [
        VoucherRefused(
            grant=grant,
            ground=ground,
            reason=reason,
            exception_reference=exception_reference,
            basis=edition.basis("voucher.refusal_rule"),
        )
    ]
