# SPDX-License-Identifier: Apache-2.0
"""The user's rating of a use."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Command, Result
from application.guards import own_self
from domain.reservations import records
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class RateUsage(Command):
    """Rate a completed use from 1 to 5, as its user. A later rating takes the place of the earlier one."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "score": "4.5",
                "comment": "响应及时，数据完整",
            }
        }
    )

    reservation_id: UUID
    score: Decimal = Field(ge=1, le=5, decimal_places=1)
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


def rate_usage(command: RateUsage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    own_self(work, loaded.state.user)
    work.append(loaded.id, *records.rate(loaded.state, score=command.score, comment=command.comment))
    return Result(loaded.id)
