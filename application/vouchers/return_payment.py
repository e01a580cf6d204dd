# SPDX-License-Identifier: Apache-2.0
"""Record a payment that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.vouchers.authority import of_an_authority
from domain.vouchers import paying
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class ReturnPayment(Command):
    """The bank returned a payment; its amount is due again (8.5)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "bank_reference": "TREASURY-20260415-0007",
                "reason": "账号户名不符",
            }
        }
    )

    redemption_id: UUID
    bank_reference: Code
    reason: Words


def return_payment(command: ReturnPayment, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    of_an_authority(work)
    claim = work.load(REDEMPTION, command.redemption_id)
    returned = paying.return_payment(claim.state, bank_reference=command.bank_reference, reason=command.reason)
    work.append(claim.id, *returned)
    return Result(id=claim.id)
