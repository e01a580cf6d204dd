# SPDX-License-Identifier: Apache-2.0
"""Break a use off; the part used is charged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.reservations.charging import charge_use
from application.reservations.ending import free_accessories, release_voucher
from application.reservations.period import leave_to_end
from application.reservations.standing import for_provider
from application.standing.noting import note_use
from domain.kernel.time import Instant
from domain.reservations import usage
from domain.reservations.events import UsageAborted
from domain.reservations.four_eyes import require_measured

if TYPE_CHECKING:
    from application.work import Work


class AbortUsage(Command):
    """Break a use off, by fault or for safety. A use of no minutes is not charged."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "ground": "fault",
                "reason": "真空泵报警停机",
                "used_minutes": 40,
            }
        }
    )

    reservation_id: UUID
    ended_at: Instant | None = None
    used_minutes: int | None = Field(default=None, ge=0, le=1_000_000)
    samples: int = Field(default=0, ge=0, le=100_000, description="Samples finished before the use broke off")
    ground: Literal["fault", "safety", "power", "other"]
    reason: Words
    lock_override: Words | None = Field(default=None, description="Why the unit's head ends a use in locked time")


def abort_usage(command: AbortUsage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    require_measured(loaded.state, work.actor.user, ended_at=command.ended_at, used_minutes=command.used_minutes)
    decided = usage.abort(
        loaded.state,
        ended_at=command.ended_at or work.now,
        used_minutes=command.used_minutes,
        ground=command.ground,
        reason=command.reason,
        now=work.now,
    )
    leave = leave_to_end(
        work, loaded, ended_at=command.ended_at, used_minutes=command.used_minutes, reason=command.lock_override
    )
    work.append(loaded.id, *decided, *leave)
    free_accessories(work, loaded, "usage aborted")
    (done,) = (event for event in decided if isinstance(event, UsageAborted))
    minutes, order = done.used_minutes, None
    note_use(work, loaded, ended_at=done.ended_at, minutes=minutes, completed=False)
    if minutes:
        order = charge_use(
            work,
            loaded,
            started_at=done.started_at,
            ended_at=done.ended_at,
            used_minutes=minutes,
            samples=command.samples,
        )
    if order is None:
        release_voucher(work, loaded, "usage aborted")
    return Result(loaded.id, {"state": "aborted", "used_minutes": minutes, "order_id": str(order) if order else None})
