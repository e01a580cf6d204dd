# SPDX-License-Identifier: Apache-2.0
"""A checked claim is approved, rejected, held or put into a batch: by other people than its checker (6.7, 8.29)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel.actor import Role
from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Event
from domain.kernel.ledger import transfer
from domain.vouchers import accounts
from domain.vouchers.events import (
    RedemptionApproved,
    RedemptionBatched,
    RedemptionHeld,
    RedemptionHoldReleased,
    RedemptionRejected,
    RedemptionUnbatched,
)
from domain.vouchers.programme import VoucherProgramme
from domain.vouchers.redemption import Redemption, RedemptionState, require_state

REJECTS: dict[Role, tuple[RedemptionState, ...]] = {
    Role.SERVICE_CENTRE: ("applied", "returned"),
    Role.SCIENCE_DEPARTMENT: ("checked", "held"),
}
"""Who rejects a claim depends on how far it has come (6.7)."""


def approve(
    claim: Redemption, programme: VoucherProgramme, *, approver: UUID, amount_fen: int | None, today: date
) -> list[Event]:
    """Approve a claim, or a part of it; its parts by co-funder become payable (6.7, A44).

    Raises `vouchers.approver_is_checker`, `vouchers.approver_is_applicant`, `vouchers.exceeds_claim`,
    `vouchers.nothing_approved`, `vouchers.still_on_view`, `vouchers.objection_stands`.
    """
    require_state(claim, "approve", "checked")
    amount = claim.amount_fen if amount_fen is None else amount_fen
    rules = Rules()
    rules.require(approver != claim.checker, "vouchers.approver_is_checker")
    rules.require(approver != claim.applicant, "vouchers.approver_is_applicant")
    rules.require(amount > 0, "vouchers.nothing_approved", field="amount_fen")
    most = claim.amount_fen
    rules.require(amount <= most, "vouchers.exceeds_claim", field="amount_fen", most_fen=most)
    on_view = claim.shown_until is not None and today <= claim.shown_until
    rules.require(
        not on_view, "vouchers.still_on_view", until=claim.shown_until.isoformat() if claim.shown_until else ""
    )
    dismissed = all(upheld is False for upheld in claim.objections.values())
    rules.require(dismissed, "vouchers.objection_stands")
    rules.enforce()
    source = accounts.used(claim.grant) if claim.deducted_fen else accounts.granted(claim.grant)
    return [
        RedemptionApproved(
            approver=approver,
            amount_fen=amount,
            funding=programme.split(amount),
            entries=transfer(source, accounts.payable(claim.payee), amount),
        )
    ]


def reject(claim: Redemption, *, role: Role, reason: str) -> list[Event]:
    """Pay nothing; the order and the share of the invoice are free again (ruling 8.6).

    Raises `vouchers.not_for_this_role` where the claim is in another body's hands.
    """
    mine = REJECTS.get(role, ())
    require_state(claim, "reject", *(state for states in REJECTS.values() for state in states))
    if claim.state not in mine:
        raise refusal("vouchers.not_for_this_role", role=role.value, state=claim.state)
    return [
        RedemptionRejected(
            reason=reason,
            order=claim.order,
            grant=claim.grant,
            invoice=claim.invoice,
            freed_fen=claim.amount_fen,
            entries=accounts.reversed_(claim.approval_entries),
        )
    ]


def hold(claim: Redemption, *, case_reference: str, reason: str, review_on: date, today: date) -> list[Event]:
    """Hold this claim for an open case (ruling 8.29). Raises `vouchers.review_day_has_passed`."""
    require_state(claim, "hold", "checked", "approved")
    if review_on < today:
        raise refusal("vouchers.review_day_has_passed", field="review_on")
    return [RedemptionHeld(case_reference=case_reference, reason=reason, review_on=review_on)]


def release_hold(claim: Redemption, *, reason: str) -> list[Event]:
    """The case is closed without finding; what was approved before must be approved anew."""
    require_state(claim, "release_hold", "held")
    return [RedemptionHoldReleased(reason=reason, entries=accounts.reversed_(claim.approval_entries))]


def batch(claim: Redemption, *, batch_id: UUID) -> list[Event]:
    """Put an approved claim into a batch that is frozen in the same append."""
    require_state(claim, "batch", "approved")
    return [RedemptionBatched(batch=batch_id)]


def unbatch(claim: Redemption, *, reason: str) -> list[Event]:
    """Take a claim out of its batch: payment failed or a hold is needed. Raises `vouchers.partly_paid`."""
    require_state(claim, "unbatch", "batched")
    if claim.paid_fen:
        raise refusal("vouchers.partly_paid", paid_fen=claim.paid_fen)
    assert claim.batch is not None, "a batched claim has a batch"
    return [RedemptionUnbatched(batch=claim.batch, reason=reason)]
