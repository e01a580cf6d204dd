# SPDX-License-Identifier: Apache-2.0
"""Keep time for the unit's own needs."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.displacing import held_in
from application.resources.permits import held, require_free
from application.work import Work
from domain.kernel.time import Span
from domain.resources import upkeep


class EnterInternalBlock(Command):
    """Keep lanes for the unit's own research and teaching, in advance, by default all of them (JS 16.a, A26).

    A block never displaces a reservation: the refusal lists those in the way, and its provider may cancel them with a
    reason first.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "span": {"start": "2026-03-02T00:30:00Z", "end": "2026-03-02T04:00:00Z"},
                "purpose": "本科生实验教学",
            }
        }
    )

    resource: UUID
    span: Span
    lanes: tuple[int, ...] | None = None
    purpose: Words


def enter_internal_block(command: EnterInternalBlock, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `SlotTaken`, what `upkeep.enter_block` and `require_free` raise."""
    found = held(work, command.resource)
    lanes = upkeep.lanes_for(found.state, command.span, command.lanes)
    block = work.new_id()
    events = upkeep.enter_block(
        found.state,
        block=block,
        span=command.span,
        lanes=lanes,
        purpose=command.purpose,
        now=work.now,
        edition=work.edition(),
    )
    require_free(held_in(work, found, command.span, lanes))
    work.append(found.id, *events)
    return Result(id=found.id, data={"block": str(block), "lanes": list(lanes)})
