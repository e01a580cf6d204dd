# SPDX-License-Identifier: Apache-2.0
"""The redemption claim (lifecycle 6.7 with ruling 8.5): its state and how facts change it. Amounts in fen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal
from uuid import UUID

from domain.kernel.event import Aggregate, Event
from domain.kernel.ledger import Entries, balanced
from domain.kernel.lifecycle import require_one_of
from domain.kernel.personal import Personal
from domain.vouchers.events import (
    ClawbackAnnulled,
    ClawbackOrdered,
    ClawbackPartlyReceived,
    ClawbackReceived,
    ObjectionDecided,
    ObjectionRaised,
    PaymentReturned,
    RedemptionApplied,
    RedemptionApproved,
    RedemptionBatched,
    RedemptionChecked,
    RedemptionCorrected,
    RedemptionHeld,
    RedemptionHoldReleased,
    RedemptionPartlyReimbursed,
    RedemptionPublicised,
    RedemptionReimbursed,
    RedemptionRejected,
    RedemptionUnbatched,
    ReturnedForCorrection,
)
from domain.vouchers.values import Document, FundingPart, Invoice

RedemptionState = Literal[
    "applied",
    "returned",
    "checked",
    "approved",
    "held",
    "batched",
    "reimbursed",
    "clawback_ordered",
    "clawed_back",
    "rejected",
]


@dataclass(frozen=True, slots=True)
class Redemption:
    """A claim as it stands. `payments` are by funder; `objections` are undecided (None), upheld or dismissed."""

    number: str
    programme: UUID
    grant: UUID
    order: UUID
    contract: UUID | None
    provider: UUID
    beneficiary: UUID
    payee: UUID
    payee_account: Personal
    amount_fen: int
    deducted_fen: int
    invoice: Invoice
    documents: tuple[Document, ...]
    applicant: UUID
    state: RedemptionState = "applied"
    checker: UUID | None = None
    returns: int = 0
    correct_by: date | None = None
    shown_until: date | None = None
    objections: dict[UUID, bool | None] = field(default_factory=dict)
    approver: UUID | None = None
    approved_fen: int = 0
    approval_entries: Entries = ()
    funding: tuple[FundingPart, ...] = ()
    batch: UUID | None = None
    payments: dict[UUID, int] = field(default_factory=dict)
    references: dict[str, tuple[UUID, int]] = field(default_factory=dict)
    clawback_fen: int = 0
    recovered_fen: int = 0

    @property
    def paid_fen(self) -> int:
        """What all funders have paid and the bank has not returned."""
        return sum(self.payments.values())

    def due_fen(self, funder: UUID) -> int:
        """What one funder has yet to pay."""
        part = sum(part.amount_fen for part in self.funding if part.funder == funder)
        return part - self.payments.get(funder, 0)

    @property
    def clawback_open_fen(self) -> int:
        """What is still to be recovered."""
        return self.clawback_fen - self.recovered_fen


def require_state(redemption: Redemption, command: str, *allowed: RedemptionState) -> None:
    """Refuse `vouchers.redemption_wrong_state` unless the claim is in one of the `allowed` states."""
    require_one_of(allowed, "vouchers.redemption_wrong_state", state=redemption.state, command=command)


def evolve(redemption: Redemption | None, event: Event) -> Redemption:
    """The claim after one fact."""
    entries: Entries = getattr(event, "entries", ())
    assert balanced(entries), f"{event.TYPE} does not balance"
    if isinstance(event, RedemptionApplied):
        return Redemption(**{name: getattr(event, name) for name in RedemptionApplied.model_fields if name != "basis"})
    assert redemption is not None, f"{event.TYPE} before a claim"
    return (
        _examined(redemption, event)
        or _shown(redemption, event)
        or _decided(redemption, event)
        or _paid(redemption, event)
        or _recovered(redemption, event)
    )


def _examined(redemption: Redemption, event: Event) -> Redemption | None:
    match event:
        case RedemptionChecked(checker=checker):
            return replace(redemption, state="checked", checker=checker)
        case ReturnedForCorrection(deadline=deadline, count=count):
            return replace(redemption, state="returned", returns=count, correct_by=deadline, shown_until=None)
        case RedemptionCorrected():
            return replace(
                redemption,
                state="applied",
                invoice=event.invoice,
                documents=event.documents,
                amount_fen=event.amount_fen,
            )
    return None


def _shown(redemption: Redemption, event: Event) -> Redemption | None:
    match event:
        case RedemptionPublicised(shown_until=shown_until):
            return replace(redemption, shown_until=shown_until)
        case ObjectionRaised(objection=objection):
            return replace(redemption, objections={**redemption.objections, objection: None})
        case ObjectionDecided(objection=objection, upheld=upheld):
            return replace(redemption, objections={**redemption.objections, objection: upheld})
    return None


def _decided(redemption: Redemption, event: Event) -> Redemption | None:
    match event:
        case RedemptionApproved():
            return replace(
                redemption,
                state="approved",
                approver=event.approver,
                approved_fen=event.amount_fen,
                approval_entries=event.entries,
                funding=event.funding,
            )
        case RedemptionHeld():
            return replace(redemption, state="held")
        case RedemptionHoldReleased():
            return replace(_unapproved(redemption), state="checked")
        case RedemptionRejected():
            return replace(_unapproved(redemption), state="rejected")
    return None


def _unapproved(redemption: Redemption) -> Redemption:
    return replace(redemption, approver=None, approved_fen=0, approval_entries=(), funding=())


def _paid(redemption: Redemption, event: Event) -> Redemption | None:
    match event:
        case RedemptionBatched(batch=batch):
            return replace(redemption, state="batched", batch=batch)
        case RedemptionUnbatched():
            return replace(redemption, state="approved", batch=None)
        case RedemptionPartlyReimbursed() | RedemptionReimbursed():
            paid = redemption.payments.get(event.funder, 0) + event.amount_fen
            return replace(
                redemption,
                state="reimbursed" if isinstance(event, RedemptionReimbursed) else "batched",
                payments={**redemption.payments, event.funder: paid},
                references={**redemption.references, event.bank_reference: (event.funder, event.amount_fen)},
            )
        case PaymentReturned(funder=funder, amount_fen=amount, bank_reference=reference):
            kept = {known: value for known, value in redemption.references.items() if known != reference}
            payments = {**redemption.payments, funder: redemption.payments[funder] - amount}
            return replace(redemption, state="batched", payments=payments, references=kept)
    return None


def _recovered(redemption: Redemption, event: Event) -> Redemption:
    match event:
        case ClawbackOrdered(amount_fen=amount):
            return replace(redemption, state="clawback_ordered", clawback_fen=amount, recovered_fen=0)
        case ClawbackPartlyReceived(amount_fen=amount):
            return replace(redemption, recovered_fen=redemption.recovered_fen + amount)
        case ClawbackReceived(amount_fen=amount):
            return replace(redemption, state="clawed_back", recovered_fen=redemption.recovered_fen + amount)
        case ClawbackAnnulled():
            return replace(redemption, state="reimbursed", clawback_fen=0, recovered_fen=0)
    raise ValueError(event.TYPE)


REDEMPTION = Aggregate(
    "vouchers.Redemption",
    evolve,
    (
        RedemptionApplied,
        RedemptionChecked,
        ReturnedForCorrection,
        RedemptionCorrected,
        RedemptionPublicised,
        ObjectionRaised,
        ObjectionDecided,
        RedemptionApproved,
        RedemptionRejected,
        RedemptionHeld,
        RedemptionHoldReleased,
        RedemptionBatched,
        RedemptionUnbatched,
        RedemptionPartlyReimbursed,
        RedemptionReimbursed,
        PaymentReturned,
        ClawbackOrdered,
        ClawbackPartlyReceived,
        ClawbackReceived,
        ClawbackAnnulled,
    ),
)
