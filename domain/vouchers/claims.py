# SPDX-License-Identifier: Apache-2.0
"""What an event of the voucher room claims: budgets, grants, yearly caps, shares of an invoice, numbers, payments.

| account                                   | cap                       | drawn upon by                               |
|-------------------------------------------|---------------------------|---------------------------------------------|
| `programme:<programme>:<funder>`          | the funder's budget       | grants; a lapse gives back                  |
| `beneficiary:<programme>:<year>:<who>`    | the yearly cap, if any    | grants                                      |
| `grant:<grant>`                           | the amount granted        | reservations, uses, a lapse                 |
| `invoice:<issuer>:<code>:<number>`        | the invoice's amount      | claims; a rejection or correction gives back|
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import Draw, DrawWithin, OpenAccount, RaiseCap, ReleaseKey, TakeKey
from domain.kernel.numbers import claim_of_number
from domain.vouchers import events

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event
    from domain.vouchers.values import Invoice


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event of the programme, grant, redemption or batch `stream`."""
    return _numbers(event) + _of_programmes(stream, event) + _of_grants(stream, event) + _of_redemptions(stream, event)


def invoice_account(invoice: Invoice) -> str:
    """The account of what may be claimed on one invoice in the whole system (A43, ruling 8.6)."""
    return f"invoice:{invoice.issuer}:{invoice.code}:{invoice.number}"


def budget_account(programme: UUID, funder: UUID) -> str:
    """The account of one funder's budget."""
    return f"programme:{programme}:{funder}"


def cap_account(programme: UUID, year: int, beneficiary: UUID) -> str:
    """The account of what one beneficiary may be granted in a year."""
    return f"beneficiary:{programme}:{year}:{beneficiary}"


def _numbers(event: Event) -> list[Claim]:
    match event:
        case (
            events.VoucherProgrammeEstablished(number=number)
            | events.VoucherApplied(number=number)
            | events.RedemptionApplied(number=number)
            | events.ReimbursementBatchFrozen(number=number)
        ):
            return [claim_of_number(number)]
    return []


def _of_programmes(stream: UUID, event: Event) -> list[Claim]:
    match event:
        case events.VoucherProgrammeEstablished(programme=terms):
            return [
                OpenAccount(budget_account(stream, funder.legal_person), funder.budget_fen) for funder in terms.funders
            ]
        case events.ProgrammeBudgetRaised(funder=raised, amount_fen=amount):
            return [RaiseCap(budget_account(stream, raised), amount)]
    return []


def _of_grants(stream: UUID, event: Event) -> list[Claim]:
    account = f"grant:{stream}"
    match event:
        case events.VoucherGranted():
            claims: list[Claim] = [
                Draw(budget_account(event.programme, part.funder), part.amount_fen) for part in event.funding
            ]
            if event.annual_cap_fen is not None:
                yearly = cap_account(event.programme, event.year, event.beneficiary)
                claims.append(DrawWithin(yearly, event.annual_cap_fen, event.amount_fen))
            return [*claims, OpenAccount(account, event.amount_fen)]
        case events.VoucherAmountReserved(amount_fen=amount):
            return [Draw(account, amount)]
        case events.VoucherAmountReleased(amount_fen=amount) | events.VoucherAmountRestored(amount_fen=amount):
            return [Draw(account, -amount)]
        case events.VoucherAmountUsed(amount_fen=amount, from_reserved_fen=reserved):
            return [Draw(account, amount - reserved)]
        case events.VoucherExpired() | events.VoucherRevoked():
            back: list[Claim] = [
                Draw(budget_account(event.programme, part.funder), -part.amount_fen) for part in event.returned
            ]
            return [Draw(account, event.unused_fen), *back]
    return []


def _of_redemptions(stream: UUID, event: Event) -> list[Claim]:
    match event:
        case events.RedemptionApplied(invoice=invoice, amount_fen=amount):
            return [
                TakeKey("redemption.order", f"{event.order}:{event.grant}", stream),
                TakeKey("redemption.of_order", str(event.order), stream),
                DrawWithin(invoice_account(invoice), invoice.amount_fen, amount),
            ]
        case events.RedemptionCorrected():
            return _moved_share(event)
        case events.RedemptionRejected(invoice=invoice, freed_fen=freed):
            return [
                ReleaseKey("redemption.order", f"{event.order}:{event.grant}"),
                ReleaseKey("redemption.of_order", str(event.order)),
                Draw(invoice_account(invoice), -freed),
            ]
        case events.RedemptionPartlyReimbursed() | events.RedemptionReimbursed():
            return [TakeKey("reimbursement.bank_reference", f"{event.funder}:{event.bank_reference}", stream)]
        case (
            events.ClawbackPartlyReceived(bank_reference=reference) | events.ClawbackReceived(bank_reference=reference)
        ):
            return [TakeKey("clawback.bank_reference", reference, stream)]
    return []


def _moved_share(event: events.RedemptionCorrected) -> list[Claim]:
    before, after = invoice_account(event.previous_invoice), invoice_account(event.invoice)
    if before == after:  # one account is drawn upon once in an append
        change = event.amount_fen - event.previous_amount_fen
        return [Draw(after, change)] if change else []
    return [
        Draw(before, -event.previous_amount_fen),
        DrawWithin(after, event.invoice.amount_fen, event.amount_fen),
    ]
