# SPDX-License-Identifier: Apache-2.0
"""A claim is made, corrected, checked and shown to the public (lifecycle 6.7, ruling 8.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from domain.kernel.errors import Rules, Violation, refusal
from domain.kernel.event import Event
from domain.kernel.personal import Personal
from domain.policy.working_days import Deadline
from domain.vouchers.comparing import OrderFacts
from domain.vouchers.events import (
    ObjectionDecided,
    ObjectionRaised,
    RedemptionApplied,
    RedemptionChecked,
    RedemptionCorrected,
    RedemptionPublicised,
    ReturnedForCorrection,
)
from domain.vouchers.grant import Grant
from domain.vouchers.programme import VoucherProgramme
from domain.vouchers.redemption import Redemption, require_state
from domain.vouchers.values import Document, Finding, Invoice


def apply(  # noqa: PLR0913 - the particulars of a claim
    programme: VoucherProgramme,
    grant: Grant,
    order: OrderFacts,
    *,
    grant_id: UUID,
    order_id: UUID,
    number: str,
    amount_fen: int,
    payee: UUID,
    payee_account: Personal,
    invoice: Invoice,
    documents: tuple[Document, ...],
    applicant: UUID,
    available_fen: int,
    today: date,
    objections: Sequence[Violation] = (),
) -> list[Event]:
    """Claim what a voucher paid for (JS 22.b; CQ 19.b, 20.b).

    In deduction mode at most what was deducted, in subsidy mode at most ratio times fee paid (ruling 8.4) and what
    is left of the voucher (`available_fen`). One claim an order, and shares of an invoice within its amount, are
    claims on the database. Raises `vouchers.order_not_settled`, `vouchers.kind_not_eligible`,
    `vouchers.redemption_too_late`, `vouchers.no_such_deduction`, the rules of `_note_invoice` and `_note_amount`.
    """
    rules = Rules()
    rules.broken.extend(objections)
    rules.require(order.state == "settled", "vouchers.order_not_settled", state=order.state)
    rules.require(order.kind == "service", "vouchers.kind_not_eligible", kind=order.kind)
    days = programme.terms.redemption_deadline_days
    if days is not None and order.settled_on is not None:
        last = order.settled_on + timedelta(days=days)
        rules.require(today <= last, "vouchers.redemption_too_late", last_day=last.isoformat())
    deduction = programme.terms.settlement_mode == "deduction"
    if deduction:
        rules.require(order.deducted_grant == grant_id, "vouchers.no_such_deduction", number=grant.number)
    else:
        rules.require(
            amount_fen <= available_fen, "vouchers.exceeds_voucher_balance", field="amount_fen", left_fen=available_fen
        )
    _note_invoice(rules, invoice, order)
    _note_amount(rules, amount_fen, order)
    rules.enforce()
    return [
        RedemptionApplied(
            number=number,
            programme=grant.programme,
            grant=grant_id,
            order=order_id,
            contract=order.contract,
            provider=order.provider,
            beneficiary=grant.beneficiary,
            payee=payee,
            payee_account=payee_account,
            amount_fen=amount_fen,
            deducted_fen=order.claimable_fen if deduction else 0,
            invoice=invoice,
            documents=documents,
            applicant=applicant,
        )
    ]


def _note_invoice(rules: Rules, invoice: Invoice, order: OrderFacts) -> None:
    """Note `vouchers.no_tax_document`, `vouchers.invoice_differs`."""
    rules.require(order.document is not None, "vouchers.no_tax_document")
    rules.require(order.document in (None, invoice), "vouchers.invoice_differs", field="invoice")


def _note_amount(rules: Rules, amount_fen: int, order: OrderFacts) -> None:
    """Note `vouchers.nothing_claimed`, `vouchers.exceeds_claimable`."""
    rules.require(amount_fen > 0, "vouchers.nothing_claimed", field="amount_fen")
    most = order.claimable_fen
    rules.require(amount_fen <= most, "vouchers.exceeds_claimable", field="amount_fen", most_fen=most)


def correct(
    claim: Redemption,
    order: OrderFacts,
    *,
    invoice: Invoice,
    documents: tuple[Document, ...],
    amount_fen: int,
    available_fen: int,
    today: date,
) -> list[Event]:
    """The claimant answers a return within its deadline; the claim keeps its number.

    `available_fen` is what the voucher allows besides the former amount (subsidy mode).
    Raises `vouchers.correction_too_late`, `vouchers.exceeds_voucher_balance` and those of a claim.
    """
    require_state(claim, "correct", "returned")
    rules = Rules()
    deadline = claim.correct_by
    in_time = deadline is None or today <= deadline
    rules.require(in_time, "vouchers.correction_too_late", deadline=deadline.isoformat() if deadline else "")
    _note_invoice(rules, invoice, order)
    _note_amount(rules, amount_fen, order)
    if claim.deducted_fen == 0:
        most = claim.amount_fen + available_fen
        rules.require(amount_fen <= most, "vouchers.exceeds_voucher_balance", field="amount_fen", left_fen=most)
    rules.enforce()
    return [
        RedemptionCorrected(
            invoice=invoice,
            documents=documents,
            amount_fen=amount_fen,
            previous_invoice=claim.invoice,
            previous_amount_fen=claim.amount_fen,
        )
    ]


def check(claim: Redemption, *, checker: UUID, findings: tuple[Finding, ...], signature: str) -> list[Event]:
    """A person signs that everything agrees; a comparison that fails lets no check pass.

    Raises `vouchers.comparison_fails` for each that does not hold, `vouchers.checker_is_applicant`.
    """
    require_state(claim, "check", "applied")
    rules = Rules()
    for found in findings:
        rules.require(found.holds, "vouchers.comparison_fails", finding=found.rule, detail=found.detail)
    rules.require(checker != claim.applicant, "vouchers.checker_is_applicant")
    rules.enforce()
    signed = Finding(rule="checker_has_signed", holds=True, detail=signature)
    return [RedemptionChecked(checker=checker, findings=(*findings, signed))]


def send_back(claim: Redemption, *, items: tuple[str, ...], deadline: Deadline) -> list[Event]:
    """Return a claim for correction. Raises `vouchers.nothing_to_correct`."""
    require_state(claim, "return", "applied", "checked")
    if not items:
        raise refusal("vouchers.nothing_to_correct", field="items")
    return [
        ReturnedForCorrection(
            items=items,
            deadline=deadline.day,
            calendar=deadline.calendar,
            provisional=deadline.provisional,
            count=claim.returns + 1,
        )
    ]


def publicise(claim: Redemption, *, shown_from: date, shown_until: date, today: date) -> list[Event]:
    """Show a checked claim to the public, both days included. Raises `vouchers.period_has_passed`."""
    require_state(claim, "publicise", "checked")
    if not today <= shown_from <= shown_until:
        raise refusal("vouchers.period_has_passed", field="shown_until")
    return [RedemptionPublicised(shown_from=shown_from, shown_until=shown_until)]


def object_to(claim: Redemption, *, objection: UUID, reason: str, today: date) -> list[Event]:
    """Anybody may object while a claim is on view. Raises `vouchers.not_on_view`."""
    require_state(claim, "object", "checked")
    if claim.shown_until is None or today > claim.shown_until:
        raise refusal("vouchers.not_on_view")
    return [ObjectionRaised(objection=objection, reason=reason)]


def decide_objection(claim: Redemption, *, objection: UUID, upheld: bool, reason: str) -> list[Event]:
    """Uphold an objection or not, once. Raises `vouchers.no_such_objection`, `vouchers.objection_decided`."""
    if objection not in claim.objections:
        raise refusal("vouchers.no_such_objection", objection=str(objection))
    if claim.objections[objection] is not None:
        raise refusal("vouchers.objection_decided", objection=str(objection))
    return [ObjectionDecided(objection=objection, upheld=upheld, reason=reason)]
