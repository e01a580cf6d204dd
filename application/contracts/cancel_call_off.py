# SPDX-License-Identifier: Apache-2.0
"""Give a call-off up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.calling_off import answer, for_party
from domain.contracts import calling_off
from domain.contracts.call_off import CALL_OFF

if TYPE_CHECKING:
    from application.work import Work


class CancelCallOff(Command):
    """Give up a call-off under which nothing was used; what it held goes back to the framework."""

    TARGET = "call_off_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"call_off_id": "3d0c4f57-8f65-5a6e-b6fd-1a1b7f0b9d20", "reason": "样品未能按期制备"}
        }
    )

    call_off_id: UUID
    reason: Words


def cancel_call_off(command: CancelCallOff, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.call_off_id)
    work.append(loaded.id, *calling_off.cancel(loaded.state, by=side, reason=command.reason))
    return answer(work.load(CALL_OFF, loaded.id))
