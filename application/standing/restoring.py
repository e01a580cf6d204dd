# SPDX-License-Identifier: Apache-2.0
"""Gives back what a judgement cost that has been annulled, and frees the group that its ban counted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.standing import group, points
from domain.standing.events import BanLifted
from domain.standing.group import GROUP_STANDING
from domain.standing.ids import group_standing_id, standing_id
from domain.standing.standing import STANDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation
    from domain.standing.standing import Standing


def restore_points_of(work: Work, loaded: Loaded[Reservation], reason: str) -> None:
    """Restore the points that a reservation cost, if any were taken yet."""
    reservation = loaded.state
    user = reservation.attendance.judged.user if reservation.attendance else reservation.user
    found = work.find(STANDING, standing_id(reservation.unit, user))
    if found is None:
        return
    decided = points.restore(found.state, reservation=loaded.id, reason=reason, now=work.now)
    work.append(found.id, *decided)
    clear_members(work, found.state, decided, reason)


def clear_members(work: Work, state: Standing, decided: Iterable[Event], reason: str) -> None:
    """Tell each group that a ban it counted was lifted."""
    lifted = {event.ban for event in decided if isinstance(event, BanLifted)}
    for ban in state.bans:
        if ban.ban not in lifted or ban.group is None or state.unit is None:
            continue
        found = work.find(GROUP_STANDING, group_standing_id(state.unit, ban.group))
        if found is not None:
            work.append(found.id, *group.clear_member(found.state, ban=ban.ban, reason=reason, now=work.now))
