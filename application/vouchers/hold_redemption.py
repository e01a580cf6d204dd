# SPDX-License-Identifier: Apache-2.0
"""Hold a claim for an open case."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.kernel.time import local_date
from domain.vouchers import deciding
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class HoldRedemption(Command):
    """A reasoned decision on this claim alone, reviewed on a day (8.29)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "case_reference": "JB-2026-0003",
                "reason": "举报待核实",
                "review_on": "2026-05-01",
            }
        }
    )

    redemption_id: UUID
    case_reference: Words
    reason: Words
    review_on: date


def hold_redemption(command: HoldRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    held = deciding.hold(
        claim.state,
        case_reference=command.case_reference,
        reason=command.reason,
        review_on=command.review_on,
        today=local_date(work.now),
    )
    work.append(claim.id, *held)
    return Result(id=claim.id)
