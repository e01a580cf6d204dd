# SPDX-License-Identifier: Apache-2.0
"""The settlement bill and the tax document beside it (JS 21, CQ 16, ruling 8.10)."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from domain.billing import accounts
from domain.billing.charging import require_allowed
from domain.billing.events import (
    BillLine,
    DocumentKind,
    FeeInvoiced,
    IncomeClass,
    InvoiceCleared,
    InvoiceVoided,
    TaxDocumentRegistered,
)
from domain.billing.order import ORDER, Order, require_state
from domain.kernel.errors import Rules
from domain.kernel.event import Event
from domain.kernel.ledger import transfer
from domain.kernel.quote import Quote
from domain.policy import Edition

BudgetStatus = Literal["departmental_budget", "other"]

DOCUMENT_OF: dict[IncomeClass, tuple[DocumentKind, ...]] = {
    "non_tax_revenue": ("fiscal_e_receipt",),
    "unit_income": ("all_digital_invoice", "tax_invoice"),
}
"""The document kind follows the income class (ruling 8.10)."""

NUMBER_FORMS: dict[DocumentKind, tuple[tuple[int, int], ...]] = {
    "all_digital_invoice": ((0, 20),),
    "tax_invoice": ((10, 8), (12, 8)),
    "fiscal_e_receipt": ((8, 10),),
}
"""Digits of code and number by kind of document."""


def series_of(credit_code: str, day: date) -> str:
    """The series of settlement bills of one provider in one year (A03)."""
    return f"BILL-{credit_code}-{day.year}"


def income_class(budget_status: BudgetStatus, edition: Edition) -> IncomeClass:
    """Non-tax revenue where the regime says so for departmental-budget units, else unit income (JS 21.b, CQ 16.d)."""
    fixed: IncomeClass | None = edition.optional("income.class_departmental_budget_unit")
    return fixed if fixed is not None and budget_status == "departmental_budget" else "unit_income"


def invoice(
    order: Order,
    order_id: UUID,
    *,
    lines: tuple[BillLine, ...],
    tariff: Quote | None,
    series: str,
    number: int,
    edition: Edition,
) -> list[Event]:
    """Bill an accepted order; a bill of nothing is cleared at once.

    `tariff` is the fee standard of the day of use, priced for the quantity used. A discount is allowed, a surcharge
    never (A37). Raises `billing.line_kind_not_allowed`, `billing.line_exceeds_tariff`, `billing.exceeds_charge`.
    """
    require_state(order, "invoice", "accepted")
    rules = Rules()
    require_allowed(rules, lines, tariff, edition)
    amount = sum(line.amount_fen for line in lines)
    rules.require(amount <= order.amount_fen, "billing.exceeds_charge", field="lines", most_fen=order.amount_fen)
    rules.enforce()
    assert order.delivery is not None, "an accepted order was delivered"
    billed = FeeInvoiced(
        series=series,
        number=number,
        lines=lines,
        amount_fen=amount,
        tariff_version=order.delivery.tariff_version,
        entries=transfer(accounts.receivable(order_id), accounts.accrued(order.provider), amount),
        basis=edition.basis("fee.principle", "fee.line_kinds"),
    )
    return with_clearing(order, [billed])


def with_clearing(order: Order, decided: list[Event]) -> list[Event]:
    """The events, and `InvoiceCleared` in the same append when nothing is open after them."""
    after = ORDER.fold(decided, order)
    assert after is not None, "an order stays an order"
    return [*decided, InvoiceCleared()] if after.state == "invoiced" and after.open_fen == 0 else decided


def register_document(order: Order, *, document: TaxDocumentRegistered, issuable: IncomeClass) -> list[Event]:
    """Note the tax invoice or fiscal e-receipt that was issued elsewhere for the standing bill (ruling 8.10).

    Raises `billing.document_exists`, `billing.document_kind_differs`, `billing.document_amount_differs`,
    `billing.document_number_malformed`.
    """
    require_state(order, "register_document", "invoiced", "paid", "settled")
    rules = Rules()
    rules.require(order.tax_document is None, "billing.document_exists")
    kinds = DOCUMENT_OF[issuable]
    rules.require(document.kind in kinds, "billing.document_kind_differs", field="kind", expected=", ".join(kinds))
    amount = order.amount_fen
    rules.require(document.amount_fen == amount, "billing.document_amount_differs", field="amount_fen", bill_fen=amount)
    digits = (document.code + document.number).isdigit()
    form = (len(document.code), len(document.number))
    well_formed = digits and form in NUMBER_FORMS[document.kind]
    rules.require(well_formed, "billing.document_number_malformed", field="number", kind=document.kind)
    rules.enforce()
    return [document]


def void_invoice(order: Order, order_id: UUID, *, reason: str) -> list[Event]:
    """Take our bill back; a voucher deduction returns to its grant. Raises `billing.payment_on_invoice`."""
    require_state(order, "void_invoice", "invoiced")
    rules = Rules()
    rules.require(order.paid_fen == 0, "billing.payment_on_invoice", paid_fen=order.paid_fen)
    rules.enforce()
    deducted = order.deducted_fen
    entries = transfer(accounts.accrued(order.provider), accounts.receivable(order_id), order.amount_fen)
    if order.deducted_grant is not None:
        claim = accounts.voucher_receivable(order.provider)
        entries += transfer(accounts.receivable(order_id), claim, deducted)
        entries += accounts.voucher_use(order.deducted_grant, -deducted)
    return [InvoiceVoided(reason=reason, voucher_restored_fen=deducted, entries=entries)]
