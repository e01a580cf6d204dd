# SPDX-License-Identifier: Apache-2.0
"""Closing a resource for a time, and opening it again (JS 15, CQ 14.c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.kernel.time import local_date
from domain.policy.closing import require_announceable, require_liftable
from domain.resources.closure_events import ClosureAnnounced, ClosureLifted
from domain.resources.state import SHAREABLE, require_state

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.policy.closing import ClosedTime, Hit
    from domain.resources.state import Resource


def announce_closure(
    state: Resource,
    *,
    closure: UUID,
    time: ClosedTime,
    lanes: tuple[int, ...] | None,
    reason: str,
    hit: Hit,
    edition: Edition,
    now: datetime,
) -> list[Event]:
    """Close lanes, in advance; requests made from now on are refused for that time.

    Raises `resources.wrong_state`, `resources.unknown_lane` and what `require_announceable` finds.
    """
    require_state(state, "announce_closure", *SHAREABLE)
    rules, capacity = Rules(), state.capacity_on(local_date(time.spans[0].start))
    known = lanes is None or (bool(lanes) and len(set(lanes)) == len(lanes) and set(lanes) <= {*range(1, capacity + 1)})
    rules.require(known, "resources.unknown_lane", field="lanes", capacity=capacity)
    rules.enforce()
    require_announceable(state.closures, time, lanes=lanes, now=now)
    return [
        ClosureAnnounced(
            closure=closure,
            spans=time.spans,
            calendar=time.calendar,
            lanes=lanes,
            reason=reason,
            kept=hit.kept,
            cancelled=hit.cancelled,
            basis=edition.basis("resource.publication_items"),
        )
    ]


def lift_closure(state: Resource, *, closure: UUID, reason: str, now: datetime) -> list[Event]:
    """Open the lanes again from now on. Raises `closures.unknown`, `closures.over`."""
    found = require_liftable(state.closures, closure, now=now)
    return [ClosureLifted(closure=found.id, lifted_from=now, reason=reason)]
