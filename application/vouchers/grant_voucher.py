# SPDX-License-Identifier: Apache-2.0
"""Issue a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.vouchers.facts import beneficiary_of
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.vouchers import granting
from domain.vouchers.claims import budget_account, cap_account
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from datetime import date

    from application.work import Work
    from domain.vouchers.grant import Grant
    from domain.vouchers.programme import VoucherProgramme


class GrantVoucher(Command):
    """Grant a checked application, at most what was requested; without an amount, all of it."""

    TARGET: ClassVar[str | None] = "grant_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f",
                "amount_fen": 4000000,
                "decision_reference": "苏科创券〔2026〕发1号",
            }
        }
    )

    grant_id: UUID
    amount_fen: Fen | None = None
    decision_reference: Words


def grant_voucher(command: GrantVoucher, work: Work) -> Result:
    """Raises `DomainError` with every broken rule, `NotFound`; `QuotaExhausted` at commit."""
    grant = work.load(GRANT, command.grant_id)
    programme_id = grant.state.programme
    programme = work.load(PROGRAMME, programme_id).state
    require_decision(work, command.decision_reference)
    today = local_date(work.now)
    budgets = {
        funder.legal_person: work.claims.left(budget_account(programme_id, funder.legal_person)) or 0
        for funder in programme.funders
    }
    granted = granting.grant_voucher(
        grant.state,
        grant.id,
        programme,
        amount_fen=grant.state.requested_fen if command.amount_fen is None else command.amount_fen,
        grantor=work.actor.user,
        grantor_role=work.actor.role,
        decision_reference=command.decision_reference,
        evidence_valid=_evidence_valid(work, grant.state, programme, today),
        budget_left=budgets,
        cap_left_fen=work.claims.left(cap_account(programme_id, today.year, grant.state.beneficiary)),
        today=today,
        edition=work.edition(),
    )
    work.append(grant.id, *granted)
    return Result(id=grant.id, data={"number": grant.state.number})


def _evidence_valid(work: Work, grant: Grant, programme: VoucherProgramme, today: date) -> bool:
    """The evidence must hold on the day of the grant too (JS-22.2)."""
    beneficiary = beneficiary_of(work, grant)
    if beneficiary is None or not granting.needs_sme_evidence(programme, beneficiary.kind):
        return grant.evidence_valid_until is None or today <= grant.evidence_valid_until
    return beneficiary.sme_on(today) is not None
