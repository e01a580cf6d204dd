# SPDX-License-Identifier: Apache-2.0
"""Decide on an objection to a judgement of attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.reservations.annul_no_show import annul_recorded
from application.reservations.standing import for_provider
from application.standing.restoring import restore_points_of
from domain.reservations import conduct
from domain.reservations.four_eyes import require_impartial

if TYPE_CHECKING:
    from application.work import Work


class DecideAttendance(Command):
    """Uphold or annul a judgement, with a reason (ruling 8.16); of a no-show too.

    Another member of the staff than whom it concerns, or who recorded, stated or corrected by hand what is objected to.

    Annulled, it costs nothing: points already taken come back, and bans that they brought about end.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "decision": "annul",
                "reason": "前一位用户超时属实",
            }
        }
    )

    reservation_id: UUID
    decision: Literal["uphold", "annul"]
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head annuls a charge of locked time")


def decide_attendance(command: DecideAttendance, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    require_impartial(loaded.state, work.history(loaded.id), work.actor.user)
    if command.decision == "uphold":
        work.append(loaded.id, *conduct.uphold(loaded.state, reason=command.reason))
        return Result(loaded.id, {"decision": "uphold"})
    if loaded.state.state == "no_show":
        annul_recorded(work, loaded, command.reason, command.lock_override)
    else:
        work.append(loaded.id, *conduct.annul(loaded.state, reason=command.reason))
        restore_points_of(work, loaded, command.reason)
    return Result(loaded.id, {"decision": "annul"})
