# SPDX-License-Identifier: Apache-2.0
"""Decline a voucher, for all to see."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.billing.finishing import finish
from application.billing.sides import provider_side
from application.command import Code, Command, Result, Words
from domain.billing import deducting
from domain.billing.order import ORDER
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from application.work import Work


class RefuseVoucher(Command):
    """Decline a voucher for this bill on a listed ground or under an exception (CQ 19.c, A46)."""

    TARGET: ClassVar[str | None] = "order_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "order_id": "4f3f2a1e-7a0b-5b8c-9d21-0c9b8a7d6e5f",
                "grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f",
                "ground": "expired",
                "reason": "券已过有效期",
            }
        }
    )

    order_id: UUID
    grant_id: UUID
    ground: Code
    reason: Words
    exception_reference: Words | None = None


def refuse_voucher(command: RefuseVoucher, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    order = work.load(ORDER, command.order_id)
    provider_side(work, order.state)
    work.load(GRANT, command.grant_id)
    decided = deducting.refuse(
        order.state,
        grant=command.grant_id,
        ground=command.ground,
        reason=command.reason,
        exception_reference=command.exception_reference,
        edition=work.edition(),
    )
    return finish(work, order, decided)
