# SPDX-License-Identifier: Apache-2.0
"""Return a claim for correction."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from domain.vouchers import claiming
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class ReturnRedemption(Command):
    """What is to be corrected, and until when; the claim keeps its number (8.5)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "items": ["发票扫描件不清晰"],
                "working_days": 10,
            }
        }
    )

    redemption_id: UUID
    items: tuple[Words, ...] = Field(min_length=1, max_length=50)
    working_days: int = Field(ge=1, le=250, description="How long the claimant has (ruling 8.21)")


def return_redemption(command: ReturnRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    returned = claiming.send_back(
        claim.state, items=command.items, deadline=work.working_days_after(command.working_days)
    )
    work.append(claim.id, *returned)
    return Result(id=claim.id, data={"deadline": str(work.working_days_after(command.working_days).day)})
