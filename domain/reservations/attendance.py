# SPDX-License-Identifier: Apache-2.0
"""When nobody came (ruling 8.16)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.reservations.conduct import require_in_time
from domain.reservations.events import NoShowAnnulled, NoShowContested, NoShowRecorded
from domain.reservations.reservation import require_state

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation


def record_no_show(reservation: Reservation, *, note: str, now: datetime) -> list[Event]:
    """Note that nobody came, once the grace time after the start is over; its last moment still belongs to the user.

    Raises `reservations.within_grace`.
    """
    require_state(reservation, "record_no_show", "confirmed")
    until = reservation.span.start + timedelta(minutes=reservation.grace_minutes)
    if now <= until:
        raise refusal("reservations.within_grace", until=until.isoformat(), grace_minutes=reservation.grace_minutes)
    return [NoShowRecorded(note=note)]


def contest(reservation: Reservation, *, reason: str, now: datetime) -> list[Event]:
    """Say that the record of a no-show is wrong, once, and before it costs points where it was judged."""
    require_state(reservation, "contest_no_show", "no_show")
    if reservation.contested or reservation.annulled:
        raise refusal("reservations.already_contested")
    require_in_time(reservation.attendance, now)
    return [NoShowContested(reason=reason)]


def annul(reservation: Reservation, *, reason: str) -> list[Event]:
    """Let the record of a no-show no longer count; it stays in history. The time is not given back."""
    require_state(reservation, "annul_no_show", "no_show")
    if reservation.annulled:
        raise refusal("reservations.already_annulled")
    return [NoShowAnnulled(reason=reason)]
