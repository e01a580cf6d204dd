# SPDX-License-Identifier: Apache-2.0
"""Freeze a reimbursement batch."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.vouchers.authority import of_an_authority
from domain.kernel.numbers import document_number
from domain.vouchers import batch, deciding
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.redemption import REDEMPTION

if TYPE_CHECKING:
    from application.work import Work


class FreezeBatch(Command):
    """Put approved claims of one programme into a batch, fixed by its hash before anybody pays."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"redemption_ids": ["9a8b7c6d-5e4f-5d3c-8b2a-1f0e9d8c7b6a"]}}
    )

    redemption_ids: tuple[UUID, ...] = Field(min_length=1, max_length=200)


def freeze_batch(command: FreezeBatch, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    of_an_authority(work)
    claims = [work.load(REDEMPTION, redemption) for redemption in command.redemption_ids]
    programme_id = claims[0].state.programme
    series = f"{work.load(PROGRAMME, programme_id).state.number}-B"
    number = document_number(series, work.claims.last_number(series))
    batch_id = work.new_id()
    batched = [deciding.batch(claim.state, batch_id=batch_id) for claim in claims]
    items = [
        batch.Item(claim.id, claim.state.programme, claim.state.approved_fen, claim.state.funding) for claim in claims
    ]
    frozen = batch.freeze(number=number, programme=programme_id, items=items)
    for claim, events in zip(claims, batched, strict=True):
        work.append(claim.id, *events)
    work.append(batch_id, *frozen)
    return Result(id=batch_id, data={"number": number, "total_fen": sum(item.amount_fen for item in items)})
