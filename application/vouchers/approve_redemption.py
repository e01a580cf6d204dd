# SPDX-License-Identifier: Apache-2.0
"""Approve a claim for payment."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.kernel.money import Fen
from domain.kernel.time import local_date
from domain.vouchers import deciding
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class ApproveRedemption(Command):
    """Another person than the checker approves a claim, or a part of it (6.7)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "amount_fen": 36000}}
    )

    redemption_id: UUID
    amount_fen: Fen | None = None


def approve_redemption(command: ApproveRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    programme = work.load(PROGRAMME, claim.state.programme).state
    approved = deciding.approve(
        claim.state,
        programme,
        approver=work.actor.user,
        amount_fen=command.amount_fen,
        today=local_date(work.now),
    )
    work.append(claim.id, *approved)
    return Result(id=claim.id)
