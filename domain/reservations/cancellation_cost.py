# SPDX-License-Identifier: Apache-2.0
"""What giving a reservation up would cost its user at each moment (rulings 8.8, 8.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from domain.reservations.rules.lead_time import Bound

What = Literal["free", "late_cancel", "not_possible", "no_show"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CancellationCost:
    """From `start` until `end` (None: from then on) giving up costs `cost_fen`; `level` states the last moment.

    A request that nobody has confirmed yet is given up for nothing until its start, whatever is published.
    """

    start: datetime
    end: datetime | None
    what: What
    cost_fen: int
    level: str | None = None
    minutes: int | None = None


def cancellation_costs(
    *,
    asked_at: datetime,
    start: datetime,
    last_moment: Bound | None,
    grace_minutes: int,
    charged: bool,
    reserved_fen: int,
) -> list[CancellationCost]:
    """The steps from the request on: free, late, begun, not come.

    `charged` is whether the limit published before the request charges for late cancellation and for not coming;
    `reserved_fen` is what the time reserved costs (ruling 8.8). The last moment itself is in time.
    """
    fee = reserved_fen if charged else 0
    costs: list[CancellationCost] = []
    until = start - timedelta(minutes=last_moment.minutes) if last_moment else start
    level, minutes = (last_moment.level, last_moment.minutes) if last_moment else (None, None)

    def step(begin: datetime, end: datetime, what: What, cost_fen: int) -> CancellationCost:
        return CancellationCost(start=begin, end=end, what=what, cost_fen=cost_fen, level=level, minutes=minutes)

    if asked_at < until:
        costs.append(step(asked_at, until, "free", 0))
    if last_moment and max(asked_at, until) < start:
        costs.append(step(max(asked_at, until), start, "late_cancel", fee))
    no_show = start + timedelta(minutes=grace_minutes)
    if start < no_show:
        costs.append(CancellationCost(start=start, end=no_show, what="not_possible", cost_fen=0))
    costs.append(CancellationCost(start=no_show, end=None, what="no_show", cost_fen=fee, minutes=grace_minutes))
    return costs
