# SPDX-License-Identifier: Apache-2.0
"""When a resource is free for a while, told from its opening hours and from what holds its lanes.

The same rules as those of a request (grid, shortest and longest use, set-up and clean-down, lanes), turned round: not
whether a span is free, but which span is free first. Instants are whole seconds since 1970, because many thousands of
them are compared for one answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.resources.opening import opening_in_force
from domain.resources.values import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from domain.resources.opening import Opening
    from domain.resources.values import BookingTerms, OpeningWindow

MINUTE = 60
DAY = MINUTES_OF_A_DAY * MINUTE
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
OFFSET = 8 * 60 * MINUTE
"""Shanghai is ahead of UTC, always by the same."""
Seconds = int
Held = tuple[Seconds, Seconds]
"""A lane is taken from the first second up to the second, set-up and clean-down included."""
Shut = tuple[Seconds, Seconds, tuple[int, ...] | None]
"""Closed from the first second up to the second, on some lanes or (None) on all; the use itself may not lie in it."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A use of at least `minutes` (None: the shortest there is), wholly inside `[earliest, latest)`.

    It starts at `last_start` at the latest, where there is such a bound.
    """

    minutes: int | None
    earliest: Seconds
    latest: Seconds
    last_start: Seconds | None = None


def free_slots(
    openings: Sequence[Opening],
    held: Mapping[int, Sequence[Held]],
    wish: Wish,
    *,
    permitted: Callable[[date], bool] = lambda _: True,
    closed: Sequence[Shut] = (),
) -> Iterator[tuple[Seconds, Seconds]]:
    """Every next free span after the one before, the earliest first; each as short as the wish and the terms allow.

    `held` are the times taken by lane, each lane's by start. On days that are not `permitted` nothing is free, nor in
    time that is `closed`: closed time is no open time.
    """
    last_start = wish.latest if wish.last_start is None else min(wish.latest, wish.last_start + 1)
    low, number = wish.earliest, _day_number(wish.earliest)
    before: Opening | None = None
    length: Seconds | None = None
    week: tuple[tuple[Held, ...], ...] = ()
    while (begin := number * DAY - OFFSET) < last_start:
        day = date_of(begin)
        opening = opening_in_force(openings, day)
        if opening is not before:
            before, length = opening, fitted(opening.terms, wish.minutes) if opening else None
            week = _week(opening.windows, -(-length // DAY)) if opening and length else ()
        if opening is not None and length is not None and permitted(day):
            bounds = low, min(begin + DAY, last_start), wish.latest
            lanes = _lanes(opening.terms, held, closed)
            for start in _on_day(opening.terms, week[_weekday(begin)], lanes, begin, length, bounds):
                if permitted(date_of(start + length - 1)):
                    yield start, start + length
                    low = start + length
        number += 1


def _on_day(
    terms: BookingTerms,
    spans: Sequence[Held],
    lanes: Sequence[Sequence[Held]],
    begin: Seconds,
    length: Seconds,
    bounds: tuple[Seconds, Seconds, Seconds],
) -> Iterator[Seconds]:
    """Free starts on the day that begins at `begin`: from the first bound, before the second, over at the third."""
    low, before, latest = bounds
    for opens, closes in spans:
        for start in _starts(terms, lanes, max(low, begin + opens), min(begin + closes, latest), length):
            if start >= before:
                return
            yield start


def fitted(terms: BookingTerms, minutes: int | None) -> Seconds | None:
    """The length of a use that serves for so many minutes: on the grid, at least the shortest; None if too long."""
    wanted = max(minutes or 0, terms.min_minutes)
    whole = -(-wanted // terms.slot_minutes) * terms.slot_minutes
    return whole * MINUTE if whole <= terms.max_minutes else None


def _starts(
    terms: BookingTerms, lanes: Sequence[Sequence[Held]], low: Seconds, high: Seconds, length: Seconds
) -> Iterator[Seconds]:
    """Free starts inside one open span, each behind the use before."""
    step, setup, cleanup = terms.slot_minutes * MINUTE, terms.setup_minutes * MINUTE, terms.cleanup_minutes * MINUTE
    while True:
        start = min(_first_on(lane, low, step, setup, length + cleanup) for lane in lanes)
        if start + length > high:
            return
        yield start
        low = start + length


def _lanes(terms: BookingTerms, held: Mapping[int, Sequence[Held]], closed: Sequence[Shut]) -> list[Sequence[Held]]:
    """What takes each lane. Closed time is moved by set-up and clean-down, which may lie in it, unlike the use."""
    numbers = range(1, terms.capacity + 1)
    if not closed:
        return [held.get(lane, ()) for lane in numbers]
    before, after = terms.setup_minutes * MINUTE, terms.cleanup_minutes * MINUTE
    return [
        sorted(
            (
                *held.get(lane, ()),
                *((start + after, end - before) for start, end, only in closed if only is None or lane in only),
            )
        )
        for lane in numbers
    ]


def _first_on(lane: Sequence[Held], low: Seconds, step: Seconds, before: Seconds, after: Seconds) -> Seconds:
    """The first start on the grid from `low` on at which one lane is free from `before` it until `after` it."""
    start = _on_grid(low, step)
    for taken_from, taken_until in lane:
        if taken_until <= start - before:
            continue
        if taken_from >= start + after:
            break
        start = _on_grid(taken_until + before, step)
    return start


def _on_grid(instant: Seconds, step: Seconds) -> Seconds:
    """The next point of the grid, which starts at midnight in Shanghai."""
    return -(-(instant + OFFSET) // step) * step - OFFSET


@lru_cache(maxsize=10_000)
def _week(windows: tuple[OpeningWindow, ...], days: int) -> tuple[tuple[Held, ...], ...]:
    """For each weekday the spans in which a use of at most so many days can begin, in seconds after its midnight.

    Windows that touch are one, also over midnight. A span that began the day before begins at midnight here.
    """
    return tuple(tuple(_open_on(windows, weekday, days)) for weekday in range(1, 8))


def _open_on(windows: tuple[OpeningWindow, ...], weekday: int, days: int) -> list[Held]:
    spans: list[Held] = []
    for place in range(days + 1):
        today = (weekday - 1 + place) % 7 + 1
        for window in sorted(windows, key=lambda each: each.start_minute):
            if window.weekday == today:
                opens = (place * MINUTES_OF_A_DAY + window.start_minute) * MINUTE
                closes = (place * MINUTES_OF_A_DAY + window.end_minute) * MINUTE
                if spans and opens <= spans[-1][1]:
                    opens = spans.pop()[0]
                spans.append((opens, closes))
    return [span for span in spans if span[0] < DAY]


def _weekday(midnight_seconds: Seconds) -> int:
    """0 is Monday. The first day of 1970 was a Thursday."""
    return (_day_number(midnight_seconds) + 3) % 7


def date_of(instant: Seconds) -> date:
    """The business date of an instant."""
    return date.fromordinal(_EPOCH_ORDINAL + _day_number(instant))


def _day_number(instant: Seconds) -> int:
    """Days of Shanghai since the first one of 1970."""
    return (instant + OFFSET) // DAY


def seconds_of(instant: datetime) -> Seconds:
    """Whole seconds since 1970; what is left of a second falls away."""
    return int((instant - EPOCH) // timedelta(seconds=1))


def instant_of(seconds: Seconds) -> datetime:
    """The instant so many seconds after the beginning of 1970."""
    return EPOCH + timedelta(seconds=seconds)
