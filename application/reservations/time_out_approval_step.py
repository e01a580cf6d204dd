# SPDX-License-Identifier: Apache-2.0
"""Let the declared outcome of an approval come that nobody has decided in time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.reservations.agreeing import carried_out, use_facts
from domain.kernel.time import Instant
from domain.reservations import approval
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from application.work import Work


class TimeOutApprovalStep(Command):
    """Approve or decline as was published for nobody's decision; issued by the system, once, when it is due."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "step": 1,
                "due_at": "2026-03-02T09:00:00+08:00",
            }
        }
    )

    reservation_id: UUID
    step: int = Field(ge=1, le=6)
    due_at: Instant


def time_out_approval_step(command: TimeOutApprovalStep, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    resource = work.load(RESOURCE, loaded.state.resource).state
    decided = approval.time_out(
        loaded.state,
        step=command.step,
        facts=use_facts(work, loaded.state, resource),
        edition=work.edition(),
        now=work.now,
    )
    return carried_out(work, loaded, decided)
