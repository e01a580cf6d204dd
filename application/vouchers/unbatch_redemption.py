# SPDX-License-Identifier: Apache-2.0
"""Take a claim out of its batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.vouchers.authority import of_an_authority
from application.vouchers.batches import settle_when_done
from domain.vouchers import deciding
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class UnbatchRedemption(Command):
    """Payment failed or a hold is needed; the claim is approved again."""

    TARGET: ClassVar[str | None] = "redemption_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"redemption_id": "9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a", "reason": "收款账户有误"}
        }
    )

    redemption_id: UUID
    reason: Words


def unbatch_redemption(command: UnbatchRedemption, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    of_an_authority(work)
    claim = work.load(REDEMPTION, command.redemption_id)
    work.append(claim.id, *deciding.unbatch(claim.state, reason=command.reason))
    assert claim.state.batch is not None, "a batched claim has a batch"
    settle_when_done(work, claim.state.batch)
    return Result(id=claim.id)
