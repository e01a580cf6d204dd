# SPDX-License-Identifier: Apache-2.0
"""Contract = order = invoice = payment = use, compared before a person signs the check (CQ 8(d), JS-22.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.vouchers.redemption import Redemption
from domain.vouchers.values import Finding, Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFacts:
    """What the order says. `document` is the tax document registered for it."""

    state: str
    kind: str
    contract: UUID | None
    resource: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    used_minutes: int
    samples: int
    amount_fen: int
    paid_fen: int
    deducted_fen: int
    claimable_fen: int
    deducted_grant: UUID | None
    settled_on: date | None
    document: Invoice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFacts:
    """What the contract says; `signed_on` is the day of the second signature."""

    provider: UUID
    covers: bool
    signed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UseFacts:
    """What the record of use says; `samples` is None where use was broken off and none were counted."""

    finished: bool
    resource: UUID
    customer: UUID | None
    user: UUID
    used_on: date
    used_minutes: int
    samples: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingFacts:
    """What the parties are; evidence is None where the programme asks for none."""

    related: bool
    sme_on_contract_date: bool | None
    sme_on_grant_date: bool | None
    contract_needed: bool


def compare(
    claim: Redemption,
    order: OrderFacts,
    contract: ContractFacts | None,
    use: UseFacts | None,
    standing: StandingFacts,
) -> tuple[Finding, ...]:
    """Every comparison with its outcome, those that agree too."""
    return (
        *_contract(order, contract, use, needed=standing.contract_needed),
        *_order(order, use),
        *_money(claim, order),
        *_parties(standing),
    )


def _contract(
    order: OrderFacts, contract: ContractFacts | None, use: UseFacts | None, *, needed: bool
) -> Iterator[Finding]:
    if contract is None:
        yield Finding(rule="contract_exists", holds=not needed)
        return
    signed = contract.signed_on
    in_time = signed is not None and (use is None or signed <= use.used_on)
    yield Finding(rule="contract_signed_before_use", holds=in_time, detail=signed.isoformat() if signed else "")
    agrees = contract.covers and contract.provider == order.provider
    yield Finding(rule="contract_covers_the_order", holds=agrees)


def _order(order: OrderFacts, use: UseFacts | None) -> Iterator[Finding]:
    yield Finding(rule="order_is_settled", holds=order.state == "settled", detail=order.state)
    yield Finding(rule="order_is_a_service", holds=order.kind == "service", detail=order.kind)
    same = use is not None and (use.resource, use.customer, use.user) == (
        order.resource,
        order.customer,
        order.customer_user,
    )
    yield Finding(rule="use_is_the_orders", holds=same and use is not None and use.finished)
    minutes = use is not None and use.used_minutes == order.used_minutes
    samples = use is not None and use.samples in (None, order.samples)
    detail = f"{use.used_minutes if use else 0} = {order.used_minutes}"
    yield Finding(rule="use_agrees_with_the_bill", holds=minutes and samples, detail=detail)


def _money(claim: Redemption, order: OrderFacts) -> Iterator[Finding]:
    paid = order.paid_fen + order.deducted_fen
    registered = claim.invoice == order.document
    yield Finding(rule="invoice_is_registered", holds=registered, detail=claim.invoice.number)
    billed = f"{claim.invoice.amount_fen} = {order.amount_fen}"
    yield Finding(
        rule="invoice_agrees_with_the_bill", holds=claim.invoice.amount_fen == order.amount_fen, detail=billed
    )
    yield Finding(rule="payment_is_complete", holds=paid == order.amount_fen, detail=f"{paid} = {order.amount_fen}")
    bound = f"{claim.amount_fen} <= {order.claimable_fen}"
    yield Finding(rule="claim_is_within_the_voucher", holds=claim.amount_fen <= order.claimable_fen, detail=bound)


def _parties(standing: StandingFacts) -> Iterator[Finding]:
    yield Finding(rule="parties_are_not_related", holds=not standing.related)
    if standing.sme_on_contract_date is not None:
        yield Finding(rule="tech_sme_on_contract_date", holds=standing.sme_on_contract_date)
    if standing.sme_on_grant_date is not None:
        yield Finding(rule="tech_sme_on_grant_date", holds=standing.sme_on_grant_date)
