# SPDX-License-Identifier: Apache-2.0
"""Decline an application for a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.vouchers import granting
from domain.vouchers.grant import GRANT

if TYPE_CHECKING:
    from application.work import Work


class RejectVoucherApplication(Command):
    """The centre rejects before the check, a grantor after it (6.6)."""

    TARGET: ClassVar[str | None] = "grant_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"grant_id": "7c1d0f5e-2b3a-5f4c-8e9d-1a2b3c4d5e6f", "reason": "材料不符合要求"}}
    )

    grant_id: UUID
    reason: Words


def reject_voucher_application(command: RejectVoucherApplication, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    grant = work.load(GRANT, command.grant_id)
    work.append(grant.id, *granting.reject(grant.state, role=work.actor.role, reason=command.reason))
    return Result(id=grant.id)
