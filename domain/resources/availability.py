# SPDX-License-Identifier: Apache-2.0
"""The open time of one resource as states, one after the other: what is free, what is not and why.

Closed time is no open time; outside of the opening hours nothing is told. Instants are whole seconds since 1970.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from domain.resources.free_slots import DAY, MINUTE, OFFSET, Seconds, Shut, date_of, seconds_of
from domain.resources.opening import opening_in_force

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from domain.resources.opening import Opening

State = Literal["free", "mine", "taken", "maintenance", "blocked", "closed"]
Kind = Literal["mine", "reservation", "maintenance", "internal_block"]
_STATE_OF: tuple[tuple[str, State], ...] = (
    ("reservation", "taken"),
    ("internal_block", "blocked"),
    ("maintenance", "maintenance"),
    ("closed", "closed"),
)
"""Where no lane is left: the first of these that takes one."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What takes lanes for a time: somebody's reservation or one's own, maintenance, or the unit's own needs."""

    kind: Kind
    lanes: Sequence[int]
    start: Seconds
    end: Seconds


@dataclass(frozen=True, slots=True)
class Piece:
    """A span in one state; on `free_lanes` lanes others may still reserve."""

    state: State
    start: Seconds
    end: Seconds
    free_lanes: int


@dataclass
class _Now:
    """What is so at one instant of the sweep."""

    capacity: int = 0
    on_lane: Counter[int] = field(default_factory=Counter)
    by_kind: defaultdict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    shut_all: int = 0

    @property
    def state(self) -> tuple[State, int] | None:
        """The state and the free lanes; None outside of opening hours."""
        if not self.capacity:
            return None
        lanes = range(1, self.capacity + 1)
        free = 0 if self.shut_all else sum(not self.on_lane[lane] for lane in lanes)
        if self.by_kind["mine"].total():
            return "mine", free
        if free:
            return "free", free
        if self.shut_all:
            return "closed", 0
        return next(state for kind, state in _STATE_OF if any(self.by_kind[kind][lane] for lane in lanes)), 0


Change = tuple[Seconds, str, "Sequence[int] | None", int]
"""At a second something begins (1) or ends (-1) on lanes; of `open` the lanes are the capacity, none at its end."""


def availability(
    openings: Sequence[Opening], holdings: Sequence[Holding], closed: Sequence[Shut], start: datetime, end: datetime
) -> list[Piece]:
    """The open time in `[start, end)` cut where its state changes, in order.

    It is `mine` where the reader holds a lane, else `free` where a lane is left, else what takes the lanes.
    """
    changes = [*_opened(openings, start, end)]
    for each in holdings:
        changes += (each.start, each.kind, each.lanes, 1), (each.end, each.kind, each.lanes, -1)
    for begin, over, lanes in closed:
        changes += (begin, "closed", lanes, 1), (over, "closed", lanes, -1)
    changes.sort(key=lambda change: change[0])
    return _swept(changes)


def _swept(changes: Sequence[Change]) -> list[Piece]:
    now, since, before = _Now(), 0, None
    pieces: list[Piece] = []
    for place, change in enumerate(changes):
        _apply(now, change)
        instant = change[0]
        if place + 1 < len(changes) and changes[place + 1][0] == instant:
            continue
        state = now.state
        if state != before:
            if before is not None:
                pieces.append(Piece(before[0], since, instant, before[1]))
            since, before = instant, state
    return pieces


def _apply(now: _Now, change: Change) -> None:
    _, kind, lanes, step = change
    if kind == "open":
        now.capacity = len(lanes or ())
    elif lanes is None:
        now.shut_all += step
    else:
        for lane in lanes:
            now.on_lane[lane] += step
            now.by_kind[kind][lane] += step


def _opened(openings: Sequence[Opening], start: datetime, end: datetime) -> Iterator[Change]:
    """Each day by the version in force on it; windows that touch, also over midnight, are one."""
    low, high = seconds_of(start), seconds_of(end)
    day, ends, lanes = date_of(low), None, 0
    while (begin := (day.toordinal() - _EPOCH) * DAY - OFFSET) < high:
        opening = opening_in_force(openings, day)
        windows = sorted(opening.windows, key=lambda each: each.start_minute) if opening else ()
        for window in windows:
            if window.weekday != day.isoweekday():
                continue
            opens, closes = begin + window.start_minute * MINUTE, begin + window.end_minute * MINUTE
            opens, closes = max(opens, low), min(closes, high)
            if opens >= closes:
                continue
            capacity = opening.terms.capacity if opening else 0
            if ends is not None and (ends != opens or lanes != capacity):
                yield ends, "open", None, -1
            if ends is None or ends != opens or lanes != capacity:
                yield opens, "open", range(1, capacity + 1), 1
            ends, lanes = closes, capacity
        day += timedelta(days=1)
    if ends is not None:
        yield ends, "open", None, -1


_EPOCH = date_of(0).toordinal()
