# SPDX-License-Identifier: Apache-2.0
"""Reverse a clawback."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from domain.vouchers import paying
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class AnnulClawback(Command):
    """The body that ordered a recovery reverses it; what was received is repaid."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "decision_reference": "渝科监〔2026〕15号",
                "reason": "复核撤销",
            }
        }
    )

    redemption_id: UUID
    decision_reference: Words
    reason: Words


def annul_clawback(command: AnnulClawback, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    require_decision(work, command.decision_reference)
    annulled = paying.annul_clawback(
        claim.state,
        claim.id,
        decision_reference=command.decision_reference,
        reason=command.reason,
        role=work.actor.role,
        edition=work.edition(),
    )
    work.append(claim.id, *annulled)
    return Result(id=claim.id)
