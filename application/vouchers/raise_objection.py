# SPDX-License-Identifier: Apache-2.0
"""Object to a claim on view."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from domain.kernel.time import local_date
from domain.vouchers import claiming
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class RaiseObjection(Command):
    """Anybody may object while a claim is on public view."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "reason": "该服务并未发生"}
        }
    )

    redemption_id: UUID
    reason: Words


def raise_objection(command: RaiseObjection, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    claim = work.load(REDEMPTION, command.redemption_id)
    objection = work.new_id()
    raised = claiming.object_to(claim.state, objection=objection, reason=command.reason, today=local_date(work.now))
    work.append(claim.id, *raised)
    return Result(id=claim.id, data={"objection": str(objection)})
