# SPDX-License-Identifier: Apache-2.0
"""Nobody decides what concerns themselves, nor what somebody else objects to in a record of their own (ruling 8.16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.reservations.attendance_events import AttendanceContested
from domain.reservations.events import (
    NoShowContested,
    NoShowRecorded,
    UsageAborted,
    UsageCompleted,
    UsageCorrected,
    UsageStarted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Recorded
    from domain.reservations.reservation import Reservation


def require_not_own(reservation: Reservation, actor: UUID, code: str) -> None:
    """Refuse the staff that is the user of the reservation. Raises `DomainError` with `code`: what is refused to it."""
    rules = Rules()
    rules.require(actor != reservation.user, code, field="reservation_id")
    rules.enforce()


def require_measured(
    reservation: Reservation, actor: UUID, *, ended_at: datetime | None, used_minutes: int | None
) -> None:
    """One's own use ends when one ends it, and lasts as long: nobody states either for themselves.

    Raises `reservations.time_is_measured`.
    """
    rules, own = Rules(), actor == reservation.user
    rules.require(not own or ended_at is None, "reservations.time_is_measured", field="ended_at")
    rules.require(not own or used_minutes is None, "reservations.time_is_measured", field="used_minutes")
    rules.enforce()


def require_impartial(reservation: Reservation, history: Iterable[Recorded], actor: UUID) -> None:
    """Refuse who decides on a judgement of their own use, or on an objection that they have a part in.

    Whoever notices a mistake in a record of their own may take it back while nobody objects.
    Raises `reservations.own_conduct`, `reservations.own_record`.
    """
    rules = Rules()
    rules.require(actor != reservation.user, "reservations.own_conduct", field="reservation_id")
    attendance = reservation.attendance
    contested = reservation.contested or (attendance is not None and attendance.contested)
    own = contested and any(each.meta.actor.user == actor and _by_hand(each) for each in history)
    rules.require(not own, "reservations.own_record", field="reservation_id")
    rules.enforce()


def _by_hand(recorded: Recorded) -> bool:
    """Whether somebody's word stands behind it: a measured time is nobody's."""
    match recorded.event:
        case NoShowRecorded() | UsageCorrected() | AttendanceContested() | NoShowContested():
            return True
        case UsageStarted(started_at=stated):
            return stated != recorded.meta.occurred_at
        case UsageCompleted(ended_at=stated) | UsageAborted(ended_at=stated):
            return stated != recorded.meta.occurred_at
        case _:
            return False
