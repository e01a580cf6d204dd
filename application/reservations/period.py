# SPDX-License-Identifier: Apache-2.0
"""Up to which day the records of a unit are locked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.reservations.period import Lock, within_open_time

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

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


def lock_of(work: Work, unit: UUID) -> Lock | None:
    """The lock of a unit, None where it never set one. Raises `NotFound`."""
    period = work.load(UNIT, unit).state.period
    return Lock(period.locked_through, period.head) if period else None
