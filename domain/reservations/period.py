# SPDX-License-Identifier: Apache-2.0
"""Records of use that are settled: entered or corrected by nobody but the unit's head, who says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.period_events import LockSetAside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from domain.kernel.errors import Rules
    from domain.kernel.event import Event
    from domain.kernel.period import Lock


def within_open_time(
    rules: Rules, lock: Lock | None, days: Iterable[date], *, actor: UUID, reason: str | None
) -> list[Event]:
    """Note `reservations.period_closed` where one of the days is locked; the head's reason sets the lock aside."""
    day = lock.on(days) if lock else None
    if lock is None or day is None:
        return []
    if reason is not None and lock.leaves(actor, reason):
        return [LockSetAside(day=day, locked_through=lock.through, head=lock.head, reason=reason)]
    lock.refuse(rules, "reservations.period_closed", day)
    return []
