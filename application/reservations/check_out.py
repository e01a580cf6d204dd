# SPDX-License-Identifier: Apache-2.0
"""End one's own use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.command import Code, Command, Result
from application.guards import own_self
from application.reservations.complete_usage import completed
from domain.reservations import usage
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class CheckOut(Command):
    """End a use of one's own that one began oneself, now (ruling 8.16).

    Times are measured and never stated; whoever knows better asks the unit's staff to correct the record.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10", "persons": 2}}
    )

    reservation_id: UUID
    persons: int = Field(default=1, ge=1, le=10_000, description="People served, for person-times (ruling 8.26)")
    fund_card: Code | None = Field(default=None, description="The fund card to be charged, where it is named only now")
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""


def check_out(command: CheckOut, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    own_self(work, loaded.state.user)
    decided = usage.check_out(
        loaded.state, user=work.actor.user, persons=command.persons, note=command.note, now=work.now
    )
    return completed(work, loaded, decided, fund_card=command.fund_card)
