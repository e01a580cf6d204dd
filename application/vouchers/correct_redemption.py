# SPDX-License-Identifier: Apache-2.0
"""Answer a return."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.vouchers.claimants import payee_side, restore_voucher, use_voucher
from application.vouchers.facts import order_facts
from domain.billing.order import ORDER
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.vouchers import claiming
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION
from domain.vouchers.values import Document, Invoice

if TYPE_CHECKING:
    from application.work import Work


class CorrectRedemption(Command):
    """The claimant corrects within the deadline; what is left out stays as it was."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "amount_fen": 35000}}
    )

    redemption_id: UUID
    amount_fen: Fen | None = None
    invoice: Invoice | None = None
    documents: tuple[Document, ...] | None = Field(default=None, max_length=50)


def correct_redemption(command: CorrectRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`; `QuotaExhausted` at commit."""
    claim = work.load(REDEMPTION, command.redemption_id)
    order = work.load(ORDER, claim.state.order).state
    grant = work.load(GRANT, claim.state.grant)
    programme = work.load(PROGRAMME, claim.state.programme).state
    payee_side(work, order, programme)
    amount = claim.state.amount_fen if command.amount_fen is None else command.amount_fen
    corrected = claiming.correct(
        claim.state,
        order_facts(order, programme),
        invoice=command.invoice or claim.state.invoice,
        documents=claim.state.documents if command.documents is None else command.documents,
        amount_fen=amount,
        available_fen=grant.state.left_fen,
        today=local_date(work.now),
    )
    if programme.terms.settlement_mode == "subsidy" and amount != claim.state.amount_fen:
        restore_voucher(work, grant, claim.state.order, claim.state.amount_fen, "corrected")
        use_voucher(work, work.load(GRANT, grant.id), claim.state.order, amount)
    work.append(claim.id, *corrected)
    return Result(id=claim.id, data={"amount_fen": amount})
