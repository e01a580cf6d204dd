# SPDX-License-Identifier: Apache-2.0
"""Record a payment on a batched claim."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.vouchers.authority import of_an_authority, only_own_funds
from application.vouchers.batches import settle_when_done
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.vouchers import paying
from domain.vouchers.redemption import REDEMPTION
from domain.vouchers.values import BudgetLine

if TYPE_CHECKING:
    from application.work import Work


class ReimburseRedemption(Command):
    """One funder pays what it owes on a claim; without an amount, all of it (JS 22.a, CQ 20.b)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "funder_id": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "bank_reference": "TREASURY-20260415-0007",
                "paid_on": "2026-04-15",
                "budget": {
                    "functional_code": "2060404",
                    "economic_code": "30299",
                    "project_code": "KJ-2026-017",
                    "document_number": "苏财预〔2026〕3号",
                },
            }
        }
    )

    redemption_id: UUID
    funder_id: UUID
    amount_fen: Fen | None = None
    bank_reference: Code
    paid_on: date
    budget: BudgetLine


def reimburse_redemption(command: ReimburseRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`; `KeyTaken` at commit for a bank reference known already."""
    of_an_authority(work)
    only_own_funds(work, command.funder_id)
    claim = work.load(REDEMPTION, command.redemption_id)
    paid = paying.reimburse(
        claim.state,
        funder=command.funder_id,
        amount_fen=command.amount_fen,
        bank_reference=command.bank_reference,
        paid_on=command.paid_on,
        budget=command.budget,
        payer=work.actor.user,
        today=local_date(work.now),
    )
    work.append(claim.id, *paid)
    assert claim.state.batch is not None, "a claim is paid in its batch"
    settle_when_done(work, claim.state.batch)
    after = work.load(REDEMPTION, claim.id).state
    return Result(id=claim.id, data={"state": after.state, "paid_fen": after.paid_fen})
