# SPDX-License-Identifier: Apache-2.0
"""Who holds an instrument just before a reservation: an early start may not take their time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation


def taken_until(work: Work, loaded: Loaded[Reservation], started_at: datetime) -> datetime | None:
    """Until when somebody else holds the lane after `started_at`; None where it is free, or the start not early."""
    reservation = loaded.state
    held = reservation.held
    if started_at >= held.start:
        return None
    holders = work.claims.holders(reservation.resource, started_at, held.start)
    ends = [_end(work, holder, reservation) for holder in holders if holder != loaded.id]
    return max((end for end in ends if end is not None), default=None)


def _end(work: Work, holder: UUID, reservation: Reservation) -> datetime | None:
    """When a neighbour on the same lane is done; what is no reservation keeps the time up to ours."""
    found = work.find(RESERVATION, holder)
    if found is None:
        return reservation.held.start
    return found.state.held.end if found.state.lane == reservation.lane else None
