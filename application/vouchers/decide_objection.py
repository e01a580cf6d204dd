# SPDX-License-Identifier: Apache-2.0
"""Decide an objection."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.vouchers import claiming
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class DecideObjection(Command):
    """Uphold an objection or dismiss it; an upheld one lets no claim be approved."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a",
                "objection_id": "1d2c3b4a-5f6e-5a7b-9c8d-0e1f2a3b4c5d",
                "upheld": False,
                "reason": "使用记录与检测报告一致",
            }
        }
    )

    redemption_id: UUID
    objection_id: UUID
    upheld: bool
    reason: Words


def decide_objection(command: DecideObjection, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    decided = claiming.decide_objection(
        claim.state, objection=command.objection_id, upheld=command.upheld, reason=command.reason
    )
    work.append(claim.id, *decided)
    return Result(id=claim.id)
