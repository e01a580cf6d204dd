# SPDX-License-Identifier: Apache-2.0
"""Which part of a use is charged: never set-up and clean-down, never what another user's overrun took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.time import Span

if TYPE_CHECKING:
    from datetime import datetime

    from domain.reservations.reservation import Reservation


@dataclass(frozen=True, slots=True)
class Billable:
    """Minutes charged from `start` on, and what of the time reserved counts as booked; None where nothing is left."""

    start: datetime
    minutes: int
    booked: Span | None


def billable(reservation: Reservation, *, started_at: datetime, ended_at: datetime, used_minutes: int) -> Billable:
    """The part of a use outside its set-up and clean-down, and never more minutes than were used."""
    span, held = reservation.span, reservation.held
    begins = max(started_at, span.start) if held.start < span.start else started_at
    idle = _overlap(started_at, ended_at, span.end, held.end)
    counted = max(begins, ended_at) - begins - idle
    minutes = min(used_minutes, int(counted / timedelta(minutes=1)))
    lost = timedelta(minutes=reservation.lost_minutes)
    left = Span(start=span.start + lost, end=span.end) if lost < span.end - span.start else None
    return Billable(begins, minutes, left)


def require_lost_within(reservation: Reservation, lost_minutes: int) -> None:
    """No more time can be lost than was reserved. Raises `reservations.lost_more_than_booked`."""
    booked = reservation.span.minutes
    if lost_minutes > booked:
        raise refusal(
            "reservations.lost_more_than_booked", field="lost_minutes", lost_minutes=lost_minutes, booked=booked
        )


def _overlap(start: datetime, end: datetime, low: datetime, high: datetime) -> timedelta:
    return max(min(end, high) - max(start, low), timedelta(0))
