# SPDX-License-Identifier: Apache-2.0
"""Record money recovered."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.vouchers.authority import of_an_authority
from domain.kernel.money import Fen
from domain.vouchers import paying
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class ReceiveClawback(Command):
    """Money comes back, in part or in full."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "amount_fen": 36000,
                "bank_reference": "ICBC-20260601-000045",
            }
        }
    )

    redemption_id: UUID
    amount_fen: Fen
    bank_reference: Code


def receive_clawback(command: ReceiveClawback, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`; `KeyTaken` at commit for a bank reference known already."""
    of_an_authority(work)
    claim = work.load(REDEMPTION, command.redemption_id)
    received = paying.receive_clawback(
        claim.state, claim.id, amount_fen=command.amount_fen, bank_reference=command.bank_reference
    )
    work.append(claim.id, *received)
    after = work.load(REDEMPTION, claim.id).state
    return Result(id=claim.id, data={"state": after.state, "open_fen": after.clawback_open_fen})
