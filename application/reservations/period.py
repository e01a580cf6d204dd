# SPDX-License-Identifier: Apache-2.0
"""What a change of a record of use needs where its day is locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.locks import lock_of
from domain.kernel.errors import Rules
from domain.kernel.time import local_date
from domain.reservations.period import within_open_time

if TYPE_CHECKING:
    from datetime import datetime

    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation


def leave_for(work: Work, loaded: Loaded[Reservation], *moments: datetime, reason: str | None) -> list[Event]:
    """What lets a record be changed that touches the local days of these moments. Raises `reservations.period_closed`.

    Nothing where the time is open; the leave of the unit's head where it is locked.
    """
    rules, days = Rules(), [local_date(moment) for moment in moments]
    lock = lock_of(work, loaded.state.unit)
    leave = within_open_time(rules, lock, days, actor=work.actor.user, reason=reason)
    rules.enforce()
    return leave


def leave_to_end(
    work: Work, loaded: Loaded[Reservation], *, ended_at: datetime | None, used_minutes: int | None, reason: str | None
) -> list[Event]:
    """The same for a use whose end, or length, is stated: it counts on the day on which it began.

    One that ends as it is ended is measured, and was no settled record while it ran.
    """
    if ended_at is None and used_minutes is None:
        return []
    return leave_for(work, loaded, loaded.state.started_at or work.now, ended_at or work.now, reason=reason)
