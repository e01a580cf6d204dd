# SPDX-License-Identifier: Apache-2.0
"""What decisions on vouchers must know of other rooms, as plain facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.contracts.contract import CONTRACT
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.reservations.reservation import RESERVATION
from domain.vouchers.comparing import ContractFacts, OrderFacts, StandingFacts, UseFacts
from domain.vouchers.eligibility import Purchase
from domain.vouchers.granting import needs_sme_evidence
from domain.vouchers.values import Invoice

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from application.work import Work
    from domain.billing.order import Order
    from domain.parties.legal_person import LegalPerson
    from domain.vouchers.grant import Grant
    from domain.vouchers.programme import VoucherProgramme


def purchase_of(work: Work, order: Order) -> Purchase:
    """What was bought from whom by whom."""
    provider = work.load(LEGAL_PERSON, order.provider).state
    customer = work.load(LEGAL_PERSON, order.customer).state if order.customer else None
    reservation = work.load(RESERVATION, order.reservation).state if order.reservation else None
    return Purchase(
        provider=order.provider,
        provider_head=provider.head_office,
        provider_is_institution=provider.joined,
        customer=order.customer,
        customer_head=customer.head_office if customer else None,
        external=order.external,
        service_mode=reservation.service_mode if reservation else None,
    )


def order_facts(order: Order, programme: VoucherProgramme) -> OrderFacts:
    """The order as a claim sees it; claimable is what was deducted, or ratio times fee paid (ruling 8.4)."""
    deduction = programme.terms.settlement_mode == "deduction"
    return OrderFacts(
        state=order.state,
        kind=order.kind,
        contract=order.contract,
        resource=order.resource,
        provider=order.provider,
        customer=order.customer,
        customer_user=order.customer_user,
        used_minutes=order.used_minutes,
        samples=order.samples,
        amount_fen=order.amount_fen,
        paid_fen=order.paid_fen,
        deducted_fen=order.deducted_fen,
        claimable_fen=order.deducted_net_fen if deduction else programme.most_of(order.paid_net_fen),
        deducted_grant=order.deducted_grant,
        settled_on=order.settled_on,
        document=_document(order),
    )


def _document(order: Order) -> Invoice | None:
    registered = order.tax_document
    if registered is None:
        return None
    return Invoice(
        issuer=registered.issuer,
        code=registered.code,
        number=registered.number,
        amount_fen=registered.amount_fen,
        issued_on=registered.issued_on,
    )


def contract_facts(work: Work, order: Order) -> ContractFacts | None:
    """The order's contract, whether it still runs or has ended since."""
    if order.contract is None:
        return None
    contract = work.load(CONTRACT, order.contract).state
    signed = contract.in_force_from
    day = order.used_on
    covers = day is not None and contract.covers(
        order.resource, order.customer, order.customer_user, day, unit=order.unit
    )
    return ContractFacts(provider=contract.provider, covers=covers, signed_on=local_date(signed) if signed else None)


def use_facts(work: Work, order: Order) -> UseFacts | None:
    """The record of use behind the order, with its latest correction."""
    if order.reservation is None:
        return None
    use = work.load(RESERVATION, order.reservation).state
    return UseFacts(
        finished=use.state in ("completed", "aborted"),
        resource=use.resource,
        customer=use.customer,
        user=use.user,
        used_on=local_date(use.started_at or use.span.start),
        used_minutes=use.used_minutes,
        samples=use.samples if use.state == "completed" else None,
    )


def standing_facts(
    work: Work, order: Order, grant: Grant, programme: VoucherProgramme, signed_on: date | None
) -> StandingFacts:
    """Whether the parties are related, and whether the beneficiary was a technology SME on both dates (JS-22.2)."""
    beneficiary = beneficiary_of(work, grant)
    asked = beneficiary is not None and needs_sme_evidence(programme, beneficiary.kind)
    return StandingFacts(
        related=purchase_of(work, order).related,
        sme_on_contract_date=_sme_on(beneficiary, signed_on) if asked else None,
        sme_on_grant_date=_sme_on(beneficiary, grant.granted_on) if asked else None,
        contract_needed=work.edition(order.used_on).optional("contract.mandatory") is True,
    )


def _sme_on(person: LegalPerson | None, day: date | None) -> bool:
    return person is not None and day is not None and person.sme_on(day) is not None


def beneficiary_of(work: Work, grant: Grant) -> LegalPerson | None:
    """The legal person a voucher was asked for by; None for an individual."""
    return None if grant.beneficiary_is_person else work.load(LEGAL_PERSON, grant.beneficiary).state


def kind_of(work: Work, beneficiary: UUID, *, is_person: bool) -> str:
    """The kind of party as programmes name it: `individual` or the kind of legal person."""
    return "individual" if is_person else work.load(LEGAL_PERSON, beneficiary).state.kind
