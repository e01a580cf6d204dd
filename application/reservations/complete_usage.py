# SPDX-License-Identifier: Apache-2.0
"""End a use and open its service order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from application.billing.fund_cards import charge_to
from application.command import Code, Command, Result, Words
from application.reservations.charging import beside_use, charge_use, require_items
from application.reservations.ending import free_accessories
from application.reservations.period import leave_to_end
from application.reservations.standing import for_provider
from application.standing.noting import note_use
from domain.kernel.house_rules import Name
from domain.kernel.time import Instant
from domain.reservations import usage
from domain.reservations.billable import require_lost_within
from domain.reservations.events import UsageCompleted
from domain.reservations.four_eyes import require_measured

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation


class CompleteUsage(Command):
    """End a use. Without `ended_at` it ends now; `used_minutes` need only be given where fewer were used."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "ended_at": "2026-03-02T11:00:00+08:00",
                "samples": 3,
                "persons": 2,
            }
        }
    )

    reservation_id: UUID
    ended_at: Instant | None = None
    used_minutes: int | None = Field(default=None, ge=0, le=1_000_000)
    samples: int = Field(default=0, ge=0, le=100_000)
    persons: int = Field(default=1, ge=1, le=10_000, description="People served, for person-times (ruling 8.26)")
    successful: bool = True
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    items: dict[Name, Annotated[int, Field(ge=0, le=10_000)]] | None = Field(
        default=None, max_length=50, description="Test items and consumables really taken; without, those asked for"
    )
    fund_card: Code | None = Field(default=None, description="The fund card to be charged, where it is named only now")
    lock_override: Words | None = Field(default=None, description="Why the unit's head ends a use in locked time")
    lost_minutes: int = Field(
        default=0, ge=0, le=100_000, description="Booked minutes that another's overrun took, from the start on"
    )


def complete_usage(command: CompleteUsage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, resource = for_provider(work, command.reservation_id)
    require_measured(
        loaded.state,
        work.actor.user,
        ended_at=command.ended_at,
        used_minutes=command.lost_minutes or command.used_minutes,
    )
    require_items(resource, loaded.state, command.items)
    require_lost_within(loaded.state, command.lost_minutes)
    decided = usage.complete(
        loaded.state,
        ended_at=command.ended_at or work.now,
        used_minutes=command.used_minutes,
        samples=command.samples,
        persons=command.persons,
        successful=command.successful,
        note=command.note,
        now=work.now,
    )
    leave = leave_to_end(
        work,
        loaded,
        ended_at=command.ended_at,
        used_minutes=command.lost_minutes or command.used_minutes,
        reason=command.lock_override,
    )
    beside = [*beside_use(command.items, command.lost_minutes), *leave]
    return completed(work, loaded, [*decided, *beside], fund_card=command.fund_card)


def completed(work: Work, loaded: Loaded[Reservation], decided: list[Event], *, fund_card: str | None = None) -> Result:
    """What follows when a use has ended, by staff or by its user: its order, and a note for what looks back on it."""
    work.append(loaded.id, *decided)
    free_accessories(work, loaded, "usage completed")
    (done,) = (event for event in decided if isinstance(event, UsageCompleted))
    order = charge_use(
        work,
        loaded,
        started_at=done.started_at,
        ended_at=done.ended_at,
        used_minutes=done.used_minutes,
        samples=done.samples,
        beside=decided,
    )
    charge_to(work, order, fund_card)
    minutes = done.used_minutes
    note_use(work, loaded, ended_at=done.ended_at, minutes=minutes)
    return Result(loaded.id, {"state": "completed", "used_minutes": minutes, "order_id": str(order) if order else None})
