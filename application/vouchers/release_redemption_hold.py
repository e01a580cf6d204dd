# SPDX-License-Identifier: Apache-2.0
"""End a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.vouchers import deciding
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class ReleaseRedemptionHold(Command):
    """The case is closed without finding; the claim is checked and needs approval anew."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "reason": "查无实据"}}
    )

    redemption_id: UUID
    reason: Words


def release_redemption_hold(command: ReleaseRedemptionHold, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    work.append(claim.id, *deciding.release_hold(claim.state, reason=command.reason))
    return Result(id=claim.id)
