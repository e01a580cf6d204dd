# SPDX-License-Identifier: Apache-2.0
"""Records of use that are settled: entered or corrected by nobody but the unit's head, who says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.reservations.period_events import LockSetAside

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from domain.kernel.errors import Rules
    from domain.kernel.event import Event


@dataclass(frozen=True, slots=True)
class Lock:
    """A unit's lock: up to and with a day; `head` may set it aside."""

    through: date
    head: UUID


def within_open_time(
    rules: Rules, lock: Lock | None, days: Iterable[date], *, actor: UUID, reason: str | None
) -> list[Event]:
    """Note `reservations.period_closed` where one of the days is locked; the head's reason sets the lock aside."""
    day = min(days)
    if lock is None or day > lock.through:
        return []
    if reason is not None and actor == lock.head:
        return [LockSetAside(day=day, locked_through=lock.through, head=lock.head, reason=reason)]
    rules.require(
        False,  # noqa: FBT003 - reads as a rule that does not hold
        "reservations.period_closed",
        field="lock_override",
        day=day.isoformat(),
        through=lock.through.isoformat(),
        head=str(lock.head),
    )
    return []
