# SPDX-License-Identifier: Apache-2.0
"""Withdraw a purchase request."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.purchasing.permits import asked
from application.work import Work
from domain.purchasing import requesting


class CancelPurchaseRequest(Command):
    """Withdraw a request before it is decided (6.2)."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a", "reason": "改用邻近单位的共享设备"}
        }
    )

    review: UUID
    reason: Words


def cancel_purchase_request(command: CancelPurchaseRequest, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `requesting.cancel` raises."""
    found = asked(work, command.review)
    work.append(found.id, *requesting.cancel(found.state, reason=command.reason))
    return Result(id=found.id)
