# SPDX-License-Identifier: Apache-2.0
"""Claim what a voucher paid for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.vouchers.claimants import account_of, objections_to, payee_side, use_voucher
from application.vouchers.facts import order_facts
from domain.billing.order import ORDER
from domain.kernel.errors import refusal
from domain.kernel.money import Fen
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from domain.vouchers import claiming
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.values import Document, Invoice

if TYPE_CHECKING:
    from application.work import Work


class ApplyForRedemption(Command):
    """The payee of the programme claims for a settled order; without an amount, all that may be claimed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f",
                "amount_fen": 36000,
                "payee_account": "4301 0000 0000 0000 001",
            }
        }
    )

    order_id: UUID
    grant_id: UUID
    amount_fen: Fen | None = None
    invoice: Invoice | None = Field(default=None, description="The registered tax document if left out")
    documents: tuple[Document, ...] = Field(default=(), max_length=50)
    payee_account: Words | None = Field(default=None, description="Personal data; the account on record if left out")


def apply_for_redemption(command: ApplyForRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`; at commit `KeyTaken`, `QuotaExhausted`."""
    order = work.load(ORDER, command.order_id).state
    grant = work.load(GRANT, command.grant_id)
    programme = work.load(PROGRAMME, grant.state.programme).state
    payee_side(work, order, programme)
    facts = order_facts(order, programme)
    invoice = command.invoice or facts.document
    if invoice is None:
        raise refusal("vouchers.no_tax_document")
    to_provider = programme.terms.payee == "provider"
    payee = order.provider if to_provider else grant.state.beneficiary
    is_person = not to_provider and grant.state.beneficiary_is_person
    amount = facts.claimable_fen if command.amount_fen is None else command.amount_fen
    series = f"{programme.number}-D"
    number = document_number(series, work.claims.last_number(series))
    applied = claiming.apply(
        programme,
        grant.state,
        facts,
        grant_id=grant.id,
        order_id=command.order_id,
        number=number,
        amount_fen=amount,
        payee=payee,
        payee_account=account_of(work, payee, is_person=is_person, given=command.payee_account),
        invoice=invoice,
        documents=command.documents,
        applicant=work.actor.user,
        available_fen=grant.state.left_fen,
        today=local_date(work.now),
        objections=objections_to(work, order, grant.state, programme),
    )
    if programme.terms.settlement_mode == "subsidy":
        use_voucher(work, grant, command.order_id, amount)
    redemption = work.new_id()
    work.append(redemption, *applied)
    return Result(id=redemption, data={"number": number, "amount_fen": amount})
