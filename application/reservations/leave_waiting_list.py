# SPDX-License-Identifier: Apache-2.0
"""Wait no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.errors import NotPermitted
from application.guards import own_unit
from application.reservations.proxies import is_self_or_proxy
from application.reservations.standing import UNIT_STAFF
from domain.kernel.actor import Role
from domain.reservations import waiting
from domain.reservations.waiting import WAITING

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.waiting_events import WaitlistJoined


class LeaveWaitingList(Command):
    """Give a place on a waiting list up, as the user, as who asked for it, or as the staff of its units."""

    TARGET = "waiting_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"waiting_id": "4e0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10", "reason": "样品已在别处完成测试"}
        }
    )

    waiting_id: UUID
    reason: Words


def leave_waiting_list(command: LeaveWaitingList, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(WAITING, command.waiting_id)
    _require_side(work, loaded.state.joined)
    work.append(loaded.id, *waiting.leave(loaded.state, reason=command.reason))
    return Result(loaded.id, {"state": "left"})


def _require_side(work: Work, joined: WaitlistJoined) -> None:
    """A unit's staff ends a place only where every instrument waited for is its own."""
    role = work.actor.role
    if role in UNIT_STAFF:
        for place in joined.places:
            own_unit(work, place.unit)
        return
    asked = role is Role.BROKER and work.actor.user == joined.requested_by
    acts = (is_self_or_proxy(work, joined.user, place.unit, place.resource) for place in joined.places)
    if role is not Role.SYSTEM and not asked and not all(acts):
        raise NotPermitted(reason="proxy", user=str(joined.user))
