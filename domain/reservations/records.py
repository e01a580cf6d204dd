# SPDX-License-Identifier: Apache-2.0
"""The record of a use: its minutes, its correction, its rating (JS 13, 26.b, 29; CQ 20.a, 23.a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.kernel.time import Span
from domain.reservations.events import UsageCorrected, UserRatingRecorded
from domain.reservations.reservation import require_state

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation


def minutes_used(started_at: datetime, ended_at: datetime, used_minutes: int | None, now: datetime) -> int:
    """Minutes used: as measured, or fewer. Raises for an end in the future or before the start."""
    rules = Rules()
    rules.require(ended_at <= now, "reservations.end_in_future", field="ended_at")
    rules.require(ended_at > started_at, "reservations.ends_before_start", field="ended_at")
    measured = Span(start=started_at, end=ended_at).minutes if ended_at > started_at else 0
    used = measured if used_minutes is None else used_minutes
    rules.require(
        used <= measured or ended_at <= started_at,
        "reservations.more_than_measured",
        field="used_minutes",
        used_minutes=used,
        measured_minutes=measured,
    )
    rules.enforce()
    return used


def rate(reservation: Reservation, *, score: Decimal, comment: str) -> list[Event]:
    """Rate a use (JS 26.b, 29; CQ 20.a). A use has one rating; a later one takes its place and is a new event."""
    require_state(reservation, "rate", "completed")
    return [UserRatingRecorded(score=score, comment=comment)]


def correct(
    reservation: Reservation,
    *,
    started_at: datetime,
    ended_at: datetime,
    used_minutes: int | None,
    samples: int,
    contract_in_force_from: datetime | None,
    reason: str,
    now: datetime,
) -> list[Event]:
    """Correct the record of a use, with a reason (JS 13, CQ 23.a).

    The start cannot be moved before the contract was in force: that would heal a use without one (JS-18.1).
    """
    require_state(reservation, "correct", "completed")
    if contract_in_force_from is not None and started_at < contract_in_force_from:
        raise refusal("reservations.contract_not_in_force", field="started_at")
    minutes = minutes_used(started_at, ended_at, used_minutes, now)
    return [
        UsageCorrected(started_at=started_at, ended_at=ended_at, used_minutes=minutes, samples=samples, reason=reason)
    ]
