# SPDX-License-Identifier: Apache-2.0
"""Withdraw a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from domain.vouchers import lapsing
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from application.work import Work


class RevokeVoucher(Command):
    """A grantor withdraws the unused rest for fraud or lost eligibility (JS 31.b, CQ 24.a)."""

    TARGET: ClassVar[str | None] = "grant_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f",
                "decision_reference": "苏科监〔2026〕7号",
                "reason": "丧失科技型中小企业资格",
            }
        }
    )

    grant_id: UUID
    decision_reference: Words
    reason: Words


def revoke_voucher(command: RevokeVoucher, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    grant = work.load(GRANT, command.grant_id)
    require_decision(work, command.decision_reference)
    revoked = lapsing.revoke(
        grant.state,
        grant.id,
        role=work.actor.role,
        decision_reference=command.decision_reference,
        reason=command.reason,
        edition=work.edition(),
    )
    work.append(grant.id, *revoked)
    return Result(id=grant.id)
