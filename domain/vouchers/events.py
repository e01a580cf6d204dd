# SPDX-License-Identifier: Apache-2.0
"""What happens to voucher programmes, grants (6.6), redemptions and batches (6.7 with ruling 8.5). Amounts in fen."""

from datetime import date
from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.ledger import Entries
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.vouchers.values import BudgetLine, Document, Finding, FundingPart, Invoice, Programme


class VoucherProgrammeEstablished(Event):
    """A programme with all that the authority must decide (JS 22, CQ 19, A40-A44, ruling 8.4)."""

    TYPE: ClassVar[str] = "vouchers.VoucherProgrammeEstablished"

    number: str
    title_zh: str
    title_en: str
    year: int
    decision_reference: str
    decided_by: str
    decided_on: date
    programme: Programme


class ProgrammeBudgetRaised(Event):
    """A funder adds to its budget."""

    TYPE: ClassVar[str] = "vouchers.ProgrammeBudgetRaised"

    funder: UUID
    amount_fen: Fen
    decision_reference: str


class VoucherProgrammeClosed(Event):
    """No more applications."""

    TYPE: ClassVar[str] = "vouchers.VoucherProgrammeClosed"

    reason: str


class VoucherApplied(Event):
    """A beneficiary asks for a voucher (JS 22.b, CQ 19.a)."""

    TYPE: ClassVar[str] = "vouchers.VoucherApplied"

    programme: UUID
    number: str
    year: int
    beneficiary: UUID
    beneficiary_is_person: bool
    applicant: UUID
    requested_fen: Fen
    purpose: Literal["new_technology", "new_product", "new_process"]


class VoucherEligibilityChecked(Event):
    """Evidence valid on the day of the check, by a person (JS-22.2, CQ-19.1)."""

    TYPE: ClassVar[str] = "vouchers.VoucherEligibilityChecked"

    checker: UUID
    evidence_number: str
    evidence_valid_until: date | None


class VoucherApplicationRejected(Event):
    """No voucher, with the reason."""

    TYPE: ClassVar[str] = "vouchers.VoucherApplicationRejected"

    reason: str


class VoucherGranted(Event):
    """The voucher, within each co-funder's budget and the yearly cap; the checker is not the grantor (6.6)."""

    TYPE: ClassVar[str] = "vouchers.VoucherGranted"

    programme: UUID
    beneficiary: UUID
    year: int
    amount_fen: Fen
    funding: tuple[FundingPart, ...]
    annual_cap_fen: Fen | None
    valid_until: date | None
    grantor: UUID
    decision_reference: str
    granted_on: date | None = None
    entries: Entries


class VoucherAmountReserved(Event):
    """Set aside when a reservation is confirmed (ruling 8.3)."""

    TYPE: ClassVar[str] = "vouchers.VoucherAmountReserved"

    reservation: UUID
    amount_fen: Fen


class VoucherAmountReleased(Event):
    """No longer set aside: cancelled, not used, or a lower charge (ruling 8.3)."""

    TYPE: ClassVar[str] = "vouchers.VoucherAmountReleased"

    reservation: UUID
    amount_fen: Fen
    reason: str


class VoucherAmountUsed(Event):
    """Deducted from an invoiced order; `from_reserved_fen` of it had been set aside for `reservation`."""

    TYPE: ClassVar[str] = "vouchers.VoucherAmountUsed"

    order: UUID
    amount_fen: Fen
    reservation: UUID | None
    from_reserved_fen: Fen


class VoucherAmountRestored(Event):
    """Given back by a void or a refund (A47)."""

    TYPE: ClassVar[str] = "vouchers.VoucherAmountRestored"

    order: UUID
    amount_fen: Fen
    reason: str


class VoucherExpired(Event):
    """The unused rest lapses and returns to the programme's budgets."""

    TYPE: ClassVar[str] = "vouchers.VoucherExpired"

    programme: UUID
    unused_fen: Fen
    returned: tuple[FundingPart, ...]
    entries: Entries


class VoucherRevoked(Event):
    """The unused rest is withdrawn for fraud or lost eligibility (JS 31.b, CQ 24.a)."""

    TYPE: ClassVar[str] = "vouchers.VoucherRevoked"

    programme: UUID
    unused_fen: Fen
    returned: tuple[FundingPart, ...]
    decision_reference: str
    reason: str
    entries: Entries


class RedemptionApplied(Event):
    """The payee claims what a voucher paid for (JS 22.b; CQ 19.b, 20.b). One claim per order and invoice share."""

    TYPE: ClassVar[str] = "vouchers.RedemptionApplied"

    number: str
    programme: UUID
    grant: UUID
    order: UUID
    contract: UUID | None
    provider: UUID
    beneficiary: UUID
    payee: UUID
    payee_account: Personal
    amount_fen: Fen
    deducted_fen: Fen
    invoice: Invoice
    documents: tuple[Document, ...]
    applicant: UUID


class RedemptionChecked(Event):
    """Contract, use, invoice and payment compared, by a person (CQ 8(d))."""

    TYPE: ClassVar[str] = "vouchers.RedemptionChecked"

    checker: UUID
    findings: tuple[Finding, ...]


class ReturnedForCorrection(Event):
    """Back to the claimant; the claim keeps its number (ruling 8.5).

    The deadline was counted in working days of the `calendar` named; it is provisional where a year was not yet
    announced (ruling 8.21).
    """

    TYPE: ClassVar[str] = "vouchers.ReturnedForCorrection"

    items: tuple[str, ...]
    deadline: date
    calendar: str
    provisional: bool
    count: int


class RedemptionCorrected(Event):
    """The claimant answers a return."""

    TYPE: ClassVar[str] = "vouchers.RedemptionCorrected"

    invoice: Invoice
    documents: tuple[Document, ...]
    amount_fen: Fen
    previous_invoice: Invoice
    previous_amount_fen: Fen


class RedemptionPublicised(Event):
    """Shown to the public for objections (`publicised`, ruling 8.5). Both days included."""

    TYPE: ClassVar[str] = "vouchers.RedemptionPublicised"

    shown_from: date
    shown_until: date


class ObjectionRaised(Event):
    """Somebody objects to a claim on public view."""

    TYPE: ClassVar[str] = "vouchers.ObjectionRaised"

    objection: UUID
    reason: str


class ObjectionDecided(Event):
    """The objection is upheld or not."""

    TYPE: ClassVar[str] = "vouchers.ObjectionDecided"

    objection: UUID
    upheld: bool
    reason: str


class RedemptionApproved(Event):
    """Approved by another person than the checker, at most the amount deducted (6.7)."""

    TYPE: ClassVar[str] = "vouchers.RedemptionApproved"

    approver: UUID
    amount_fen: Fen
    funding: tuple[FundingPart, ...]
    entries: Entries


class RedemptionRejected(Event):
    """Not paid; its share of the invoice is free again (ruling 8.6). Entries reverse an approval, if there was one."""

    TYPE: ClassVar[str] = "vouchers.RedemptionRejected"

    reason: str
    order: UUID
    grant: UUID
    invoice: Invoice
    freed_fen: Fen
    entries: Entries = ()


class RedemptionHeld(Event):
    """Held for an open case, by a reasoned decision on this claim alone (ruling 8.29)."""

    TYPE: ClassVar[str] = "vouchers.RedemptionHeld"

    case_reference: str
    reason: str
    review_on: date


class RedemptionHoldReleased(Event):
    """The hold ends; an approval given before it must be given anew."""

    TYPE: ClassVar[str] = "vouchers.RedemptionHoldReleased"

    reason: str
    entries: Entries = ()


class RedemptionBatched(Event):
    """Part of a frozen reimbursement batch."""

    TYPE: ClassVar[str] = "vouchers.RedemptionBatched"

    batch: UUID


class RedemptionUnbatched(Event):
    """Taken out of its batch: payment failed or a hold is needed."""

    TYPE: ClassVar[str] = "vouchers.RedemptionUnbatched"

    batch: UUID
    reason: str


class RedemptionPartlyReimbursed(Event):
    """One funder or payment of several (`partly_reimbursed`, ruling 8.5)."""

    TYPE: ClassVar[str] = "vouchers.RedemptionPartlyReimbursed"

    funder: UUID
    amount_fen: Fen
    bank_reference: str
    paid_on: date
    budget: BudgetLine
    payer: UUID
    entries: Entries


class RedemptionReimbursed(Event):
    """Paid in full with this payment, once (JS 22.a, CQ 20.b)."""

    TYPE: ClassVar[str] = "vouchers.RedemptionReimbursed"

    funder: UUID
    amount_fen: Fen
    bank_reference: str
    paid_on: date
    budget: BudgetLine
    payer: UUID
    entries: Entries


class PaymentReturned(Event):
    """A payment came back from the bank (ruling 8.5)."""

    TYPE: ClassVar[str] = "vouchers.PaymentReturned"

    funder: UUID
    amount_fen: Fen
    bank_reference: str
    reason: str
    entries: Entries


class ClawbackOrdered(Event):
    """Subsidy to be recovered: a new receivable, at most the amount reimbursed (JS 31.b, CQ 24.a, A66)."""

    TYPE: ClassVar[str] = "vouchers.ClawbackOrdered"

    amount_fen: Fen
    document_reference: str
    case_reference: str
    entries: Entries


class ClawbackPartlyReceived(Event):
    """A part of the clawback is back; something stays open."""

    TYPE: ClassVar[str] = "vouchers.ClawbackPartlyReceived"

    amount_fen: Fen
    bank_reference: str
    entries: Entries


class ClawbackReceived(Event):
    """With this payment nothing stays open."""

    TYPE: ClassVar[str] = "vouchers.ClawbackReceived"

    amount_fen: Fen
    bank_reference: str
    entries: Entries


class ClawbackAnnulled(Event):
    """The order is reversed; a part already received is repaid."""

    TYPE: ClassVar[str] = "vouchers.ClawbackAnnulled"

    decision_reference: str
    reason: str
    repaid_fen: Fen
    entries: Entries


class ReimbursementBatchFrozen(Event):
    """A batch of approved claims, fixed by the hash over its items before payment."""

    TYPE: ClassVar[str] = "vouchers.ReimbursementBatchFrozen"

    number: str
    programme: UUID
    items: tuple[tuple[UUID, Fen], ...]
    total_fen: Fen
    funding: tuple[FundingPart, ...]
    digest: str


class ReimbursementBatchSettled(Event):
    """Every claim of the batch is paid or taken out."""

    TYPE: ClassVar[str] = "vouchers.ReimbursementBatchSettled"

    paid_fen: Fen
