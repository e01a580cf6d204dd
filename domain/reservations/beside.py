# SPDX-License-Identifier: Apache-2.0
"""What stands at the same time on a resource: bookings that hold a lane still, and uses that took one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.time import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One reservation, or other holder of a lane, at the time asked about; `used` is the time taken by a use.

    `begun` is when a use that is going on began. `user` is None for what nobody booked: maintenance, a block, closed
    time.
    """

    id: UUID
    lane: int
    user: UUID | None = None
    used: Span | None = None
    begun: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a use that took place fits: its lane, the uses that leave it none, and the one it may be told twice of."""

    lane: int
    full_of: tuple[UUID, ...] = ()
    twin: UUID | None = None


def place(beside: Sequence[Beside], *, user: UUID, capacity: int, span: Span) -> Place:
    """The lowest lane on which nothing else stands. No more can have been used at once than there are lanes.

    `twin` is what the same user has at that time, on whichever lane. A record of the very same use stands beside the
    first one, flagged (JS-16.2); any other is told the uses that are in its way.
    Raises `reservations.overlaps_booking` where bookings hold every lane still.
    """
    held = {each.lane for each in beside if each.used is None}
    open_lanes = [lane for lane in range(1, capacity + 1) if lane not in held]
    if not open_lanes:
        raise refusal(
            "reservations.overlaps_booking",
            field="span",
            holders=", ".join(sorted(str(each.id) for each in beside if each.used is None)),
            start=span.start.isoformat(),
            end=span.end.isoformat(),
        )
    own = [each for each in beside if each.user == user]
    same = next((each.id for each in own if each.used == span), None)
    twin = same or next((each.id for each in own), None)
    used = [each for each in beside if each.used is not None]
    taken = {each.lane for each in used}
    free = next((lane for lane in open_lanes if lane not in taken), None)
    if free is not None or same is not None:
        return Place(lane=free or open_lanes[0], twin=twin)
    return Place(lane=open_lanes[0], full_of=tuple(each.id for each in used), twin=twin)


def in_the_way(beside: Sequence[Beside], *, capacity: int, span: Span) -> tuple[UUID, ...]:
    """The uses, one that is going on among them, that leave no lane to a use corrected to last for `span`.

    A booking that nobody has begun to use is none of them: an overrun into it took place all the same.
    """
    uses = [each for each in beside if each.used is not None or (each.begun is not None and each.begun < span.end)]
    left = set(range(1, capacity + 1)) - {each.lane for each in uses}
    return () if left else tuple(each.id for each in uses)
