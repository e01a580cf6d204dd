# SPDX-License-Identifier: Apache-2.0
"""A claim is paid, funder by funder, and recovered where it was wrongly paid (6.7; JS 31.b; CQ 24.a; A66)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.policy import Edition
from domain.vouchers import accounts
from domain.vouchers.events import (
    ClawbackAnnulled,
    ClawbackOrdered,
    ClawbackPartlyReceived,
    ClawbackReceived,
    PaymentReturned,
    RedemptionPartlyReimbursed,
    RedemptionReimbursed,
)
from domain.vouchers.redemption import Redemption, require_state
from domain.vouchers.values import BudgetLine


def reimburse(
    claim: Redemption,
    *,
    funder: UUID,
    amount_fen: int | None,
    bank_reference: str,
    paid_on: date,
    budget: BudgetLine,
    payer: UUID,
    today: date,
) -> list[Event]:
    """One co-funder pays its part or some of it; with the last fen the claim is reimbursed, once (JS 22.a, CQ 20.b).

    Raises `vouchers.payer_is_checker`, `vouchers.payer_is_approver`, `vouchers.nothing_due`, `vouchers.exceeds_due`,
    `vouchers.paid_in_future`.
    """
    require_state(claim, "reimburse", "batched")
    due = claim.due_fen(funder)
    amount = due if amount_fen is None else amount_fen
    rules = Rules()
    rules.require(payer != claim.checker, "vouchers.payer_is_checker")
    rules.require(payer != claim.approver, "vouchers.payer_is_approver")
    rules.require(amount > 0, "vouchers.nothing_due", field="amount_fen")
    rules.require(amount <= due, "vouchers.exceeds_due", field="amount_fen", due_fen=due)
    rules.require(paid_on <= today, "vouchers.paid_in_future", field="paid_on")
    rules.enforce()
    last = claim.paid_fen + amount == claim.approved_fen
    event = RedemptionReimbursed if last else RedemptionPartlyReimbursed
    return [
        event(
            funder=funder,
            amount_fen=amount,
            bank_reference=bank_reference,
            paid_on=paid_on,
            budget=budget,
            payer=payer,
            entries=accounts.payout(claim.programme, funder, claim.payee, claim.provider, amount),
        )
    ]


def return_payment(claim: Redemption, *, bank_reference: str, reason: str) -> list[Event]:
    """A payment came back from the bank; its amount is due again (8.5). Raises `vouchers.no_such_payment`."""
    require_state(claim, "return_payment", "batched", "reimbursed")
    if bank_reference not in claim.references:
        raise refusal("vouchers.no_such_payment", field="bank_reference", bank_reference=bank_reference)
    funder, amount = claim.references[bank_reference]
    paid = accounts.payout(claim.programme, funder, claim.payee, claim.provider, amount)
    return [
        PaymentReturned(
            funder=funder,
            amount_fen=amount,
            bank_reference=bank_reference,
            reason=reason,
            entries=accounts.reversed_(paid),
        )
    ]


def order_clawback(
    claim: Redemption,
    claim_id: UUID,
    *,
    amount_fen: int,
    document_reference: str,
    case_reference: str,
    role: Role,
    edition: Edition,
) -> list[Event]:
    """Order recovery: a new receivable, at most what was reimbursed (JS 31.b, CQ 24.a, A66).

    Raises `vouchers.not_the_handler`, `vouchers.clawback_without_document`, `vouchers.nothing_to_recover`,
    `vouchers.exceeds_reimbursed`.
    """
    require_state(claim, "order_clawback", "reimbursed")
    rules = Rules()
    _note_handler(rules, role, edition)
    rules.require(bool(document_reference.strip()), "vouchers.clawback_without_document", field="document_reference")
    rules.require(amount_fen > 0, "vouchers.nothing_to_recover", field="amount_fen")
    paid = claim.paid_fen
    rules.require(
        amount_fen <= paid,
        "vouchers.exceeds_reimbursed",
        citation=edition.citation("fraud.measures"),
        field="amount_fen",
        paid_fen=paid,
    )
    rules.enforce()
    return [
        ClawbackOrdered(
            amount_fen=amount_fen,
            document_reference=document_reference,
            case_reference=case_reference,
            entries=accounts.clawback(claim.programme, claim_id, amount_fen),
            basis=edition.basis("fraud.handler", "fraud.measures"),
        )
    ]


def _note_handler(rules: Rules, role: Role, edition: Edition) -> None:
    handler = edition.value("fraud.handler")
    rules.require(role == handler, "vouchers.not_the_handler", citation=edition.citation("fraud.handler"))


def receive_clawback(claim: Redemption, claim_id: UUID, *, amount_fen: int, bank_reference: str) -> list[Event]:
    """Money comes back; with the last fen the claim is clawed back.

    Raises `vouchers.nothing_recovered`, `vouchers.exceeds_clawback`.
    """
    require_state(claim, "receive_clawback", "clawback_ordered")
    still_open = claim.clawback_open_fen
    rules = Rules()
    rules.require(amount_fen > 0, "vouchers.nothing_recovered", field="amount_fen")
    rules.require(amount_fen <= still_open, "vouchers.exceeds_clawback", field="amount_fen", open_fen=still_open)
    rules.enforce()
    event = ClawbackReceived if amount_fen == still_open else ClawbackPartlyReceived
    return [
        event(
            amount_fen=amount_fen,
            bank_reference=bank_reference,
            entries=accounts.recovery(claim.programme, claim_id, claim.payee, claim.provider, amount_fen),
        )
    ]


def annul_clawback(
    claim: Redemption, claim_id: UUID, *, decision_reference: str, reason: str, role: Role, edition: Edition
) -> list[Event]:
    """The body that ordered it reverses it; what was received is repaid. Raises `vouchers.not_the_handler`."""
    require_state(claim, "annul_clawback", "clawback_ordered")
    rules = Rules()
    _note_handler(rules, role, edition)
    rules.enforce()
    ordered = accounts.clawback(claim.programme, claim_id, claim.clawback_fen)
    received = accounts.recovery(claim.programme, claim_id, claim.payee, claim.provider, claim.recovered_fen)
    return [
        ClawbackAnnulled(
            decision_reference=decision_reference,
            reason=reason,
            repaid_fen=claim.recovered_fen,
            entries=accounts.reversed_((*ordered, *received)),
            basis=edition.basis("fraud.handler", "fraud.measures"),
        )
    ]
