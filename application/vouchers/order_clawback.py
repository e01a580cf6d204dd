# SPDX-License-Identifier: Apache-2.0
"""Order recovery of a reimbursement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from domain.kernel.money import Fen
from domain.vouchers import paying
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class OrderClawback(Command):
    """The body that handles the case orders recovery, at most what was reimbursed (JS 31.b, CQ 24.a)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "amount_fen": 36000,
                "document_reference": "渝科监〔2026〕9号",
                "case_reference": "JB-2026-0003",
            }
        }
    )

    redemption_id: UUID
    amount_fen: Fen
    document_reference: Words
    case_reference: Words


def order_clawback(command: OrderClawback, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    require_decision(work, command.document_reference, field="document_reference")
    ordered = paying.order_clawback(
        claim.state,
        claim.id,
        amount_fen=command.amount_fen,
        document_reference=command.document_reference,
        case_reference=command.case_reference,
        role=work.actor.role,
        edition=work.edition(),
    )
    work.append(claim.id, *ordered)
    return Result(id=claim.id)
