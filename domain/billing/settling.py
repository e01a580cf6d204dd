# SPDX-License-Identifier: Apache-2.0
"""Payment, settlement, refund, and what income is used for (JS 21; CQ 16.d, 21; A39, A47)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from domain.billing import accounts
from domain.billing.events import (
    FeePartlyRefunded,
    FeeRefunded,
    IncomeUseBooked,
    OrderSettled,
    PaymentReceived,
)
from domain.billing.invoicing import BudgetStatus, income_class, with_clearing
from domain.billing.order import Order, require_state
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.kernel.ledger import Entries, transfer
from domain.kernel.personal import Personal
from domain.policy import Edition


def receive(
    order: Order,
    order_id: UUID,
    *,
    amount_fen: int,
    bank_reference: str,
    received_on: date,
    payer_account: Personal | None,
    today: date,
) -> list[Event]:
    """Money from the customer, by bank data; the provider holds it, we record it (ruling 8.12).

    Raises `billing.nothing_received`, `billing.exceeds_open_fee`, `billing.received_in_future`.
    """
    require_state(order, "receive", "invoiced")
    rules = Rules()
    rules.require(amount_fen > 0, "billing.nothing_received", field="amount_fen")
    rules.require(amount_fen <= order.open_fen, "billing.exceeds_open_fee", field="amount_fen", open_fen=order.open_fen)
    rules.require(received_on <= today, "billing.received_in_future", field="received_on")
    rules.enforce()
    received = PaymentReceived(
        amount_fen=amount_fen,
        bank_reference=bank_reference,
        received_on=received_on,
        payer_account=payer_account,
        provider=order.provider,
        entries=transfer(accounts.cash(order.provider), accounts.receivable(order_id), amount_fen),
    )
    return with_clearing(order, [received])


def settle(
    order: Order, *, budget_status: BudgetStatus, disputed: bool, settled_on: date, edition: Edition
) -> list[Event]:
    """Book the income once, classed by the provider's budget status on this day (JS-21.2, A39).

    Raises `billing.settlement_held` while the order is disputed (JS 18.a).
    """
    require_state(order, "settle", "paid")
    if disputed:
        raise refusal("billing.settlement_held")
    booked = income_class(budget_status, edition)
    entries = transfer(accounts.accrued(order.provider), accounts.income(booked, order.provider), order.amount_fen)
    return [
        OrderSettled(
            settled_on=settled_on,
            income_class=booked,
            amount_fen=order.amount_fen,
            entries=entries,
            basis=edition.basis("income.class_departmental_budget_unit", "income.budget"),
        )
    ]


@dataclass(frozen=True, slots=True)
class Claimed:
    """How a redemption claim on the order stands: not decided yet, paid out, or recovered up to an amount."""

    standing: Literal["open", "reimbursed", "recovered"]
    recovered_fen: int = 0


def refund(order: Order, *, amount_fen: int | None, claimed: Claimed | None, reason: str) -> list[Event]:
    """Give the fee back, all that is left of it or a part, split as it was paid (A47).

    A voucher part that was reimbursed is recovered first, by clawback, and then not restored to the voucher.
    Raises `billing.nothing_to_refund`, `billing.exceeds_fee`, `billing.refund_whole_before_settlement`,
    `billing.redemption_open`, `billing.needs_clawback`.
    """
    require_state(order, "refund", "paid", "settled")
    left = order.net_fen
    amount = left if amount_fen is None else amount_fen
    rules = Rules()
    rules.require(amount > 0, "billing.nothing_to_refund", field="amount_fen")
    rules.require(amount <= left, "billing.exceeds_fee", field="amount_fen", left_fen=left)
    whole = amount == left
    rules.require(whole or order.state == "settled", "billing.refund_whole_before_settlement", field="amount_fen")
    rules.require(claimed is None or claimed.standing != "open", "billing.redemption_open")
    voucher = _voucher_part(order, amount) if 0 < amount <= left else 0
    rules.require(_recovered(order, voucher, claimed), "billing.needs_clawback")
    rules.enforce()
    event = FeeRefunded if whole else FeePartlyRefunded
    return [
        event(
            voucher_part_fen=voucher,
            cash_part_fen=amount - voucher,
            reason=reason,
            entries=_refund_entries(order, voucher, amount - voucher, restores_voucher=claimed is None),
        )
    ]


def _recovered(order: Order, voucher_fen: int, claimed: Claimed | None) -> bool:
    """Whether no reimbursed part of a voucher would stay with the provider (A47)."""
    if claimed is None or claimed.standing == "open":
        return True
    return claimed.standing == "recovered" and order.refunded_voucher_fen + voucher_fen <= claimed.recovered_fen


def _voucher_part(order: Order, amount_fen: int) -> int:
    """The voucher's part of a refund, rounded up over all refunds together: parts of parts lose no fen."""
    refunded = order.refunded_fen + amount_fen
    up_to_now = -(-refunded * order.deducted_fen // order.amount_fen)
    return up_to_now - order.refunded_voucher_fen


def _refund_entries(order: Order, voucher_fen: int, cash_fen: int, *, restores_voucher: bool) -> Entries:
    provider = order.provider
    booked = accounts.income(order.income_class, provider) if order.income_class else accounts.accrued(provider)
    entries = transfer(booked, accounts.cash(provider), cash_fen)
    if order.deducted_grant is not None:
        entries += transfer(booked, accounts.voucher_receivable(provider), voucher_fen)
        if restores_voucher:
            entries += accounts.voucher_use(order.deducted_grant, -voucher_fen)
    return entries


def book_use(order: Order, *, category: str, amount_fen: int, reference: str, edition: Edition) -> list[Event]:
    """What the income was used for; the lists of categories are open (JS 21.c, 21.d; CQ 21).

    Raises `billing.nothing_used`, `billing.exceeds_income`.
    """
    require_state(order, "book_use", "settled")
    left = order.net_fen - order.income_used_fen
    rules = Rules()
    rules.require(amount_fen > 0, "billing.nothing_used", field="amount_fen")
    rules.require(amount_fen <= left, "billing.exceeds_income", field="amount_fen", left_fen=left)
    rules.enforce()
    return [
        IncomeUseBooked(
            category=category,
            amount_fen=amount_fen,
            reference=reference,
            basis=edition.basis("income.uses_departmental_budget_unit", "income.main_use"),
        )
    ]
