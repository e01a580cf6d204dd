# SPDX-License-Identifier: Apache-2.0
"""Closing a whole unit for a time, and opening it again (JS 8(1), 15; CQ 14.c)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.parties.closure_events import UnitClosureAnnounced, UnitClosureLifted
from domain.parties.unit import require_living
from domain.policy.closing import require_announceable, require_liftable

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.parties.unit import Unit
    from domain.policy import Edition
    from domain.policy.closing import ClosedTime, Hit


def announce_unit_closure(
    state: Unit,
    *,
    closure: UUID,
    time: ClosedTime,
    reason: str,
    hit: Hit,
    edition: Edition,
    now: datetime,
) -> list[Event]:
    """Close all instruments of the unit, in advance; requests made from now on are refused for that time.

    Raises `parties.unit_merged` and what `require_announceable` finds.
    """
    require_living(state)
    require_announceable(state.closures, time, now=now)
    return [
        UnitClosureAnnounced(
            closure=closure,
            spans=time.spans,
            calendar=time.calendar,
            reason=reason,
            kept=hit.kept,
            cancelled=hit.cancelled,
            basis=edition.basis("resource.sharing_rules_required", "resource.publication_items"),
        )
    ]


def lift_unit_closure(state: Unit, *, closure: UUID, reason: str, now: datetime) -> list[Event]:
    """Open the instruments again from now on. Raises `closures.unknown`, `closures.over`."""
    found = require_liftable(state.closures, closure, now=now)
    return [UnitClosureLifted(closure=found.id, lifted_from=now, reason=reason)]
