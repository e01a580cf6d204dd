# SPDX-License-Identifier: Apache-2.0
"""Show a claim to the public."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.kernel.time import local_date
from domain.vouchers import claiming
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class PubliciseRedemption(Command):
    """Put a checked claim on view for objections, both days included (8.5)."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "shown_from": "2026-04-10",
                "shown_until": "2026-04-16",
            }
        }
    )

    redemption_id: UUID
    shown_from: date
    shown_until: date


def publicise_redemption(command: PubliciseRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    shown = claiming.publicise(
        claim.state, shown_from=command.shown_from, shown_until=command.shown_until, today=local_date(work.now)
    )
    work.append(claim.id, *shown)
    return Result(id=claim.id)
