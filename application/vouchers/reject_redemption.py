# SPDX-License-Identifier: Apache-2.0
"""Reject a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.vouchers.claimants import restore_voucher
from domain.vouchers import deciding
from domain.vouchers.grant import GRANT
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class RejectRedemption(Command):
    """The centre rejects before the check, the science department after it; the order is free to be claimed anew."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "reason": "发票与合同金额不一致"}
        }
    )

    redemption_id: UUID
    reason: Words


def reject_redemption(command: RejectRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    rejected = deciding.reject(claim.state, role=work.actor.role, reason=command.reason)
    programme = work.load(PROGRAMME, claim.state.programme).state
    if programme.terms.settlement_mode == "subsidy":
        grant = work.load(GRANT, claim.state.grant)
        restore_voucher(work, grant, claim.state.order, claim.state.amount_fen, command.reason)
    work.append(claim.id, *rejected)
    return Result(id=claim.id)
