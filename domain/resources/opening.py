# SPDX-License-Identifier: Apache-2.0
"""Opening hours as a calendar: when a resource is open, on which grid, and for how many minutes.

Days and weekdays are those of Asia/Shanghai; spans are UTC and half-open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import Span, local, local_date, midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from domain.resources.values import BookingTerms, OpeningWindow


@dataclass(frozen=True, slots=True)
class Opening:
    """Weekly windows and booking terms in force from a day on, until a later version."""

    version: int
    effective_from: date
    windows: tuple[OpeningWindow, ...]
    terms: BookingTerms
    rated_minutes_per_year: int


def opening_in_force(openings: Sequence[Opening], day: date) -> Opening | None:
    """The version that governs a day; of two for the same day the later one."""
    past = [opening for opening in openings if opening.effective_from <= day]
    return past[-1] if past else None


def open_spans(windows: Iterable[OpeningWindow], start: datetime, end: datetime) -> list[Span]:
    """The open time inside `[start, end)`, in order; windows that touch, also over midnight, are one span."""
    weekly = tuple(windows)
    return merged(span for day in _days(start, end) for span in _on_day(weekly, day, start, end))


def within_opening(opening: Opening, span: Span) -> bool:
    """Whether the resource is open without interruption for the whole span."""
    return open_spans(opening.windows, span.start, span.end) == [span]


def on_grid(opening: Opening, span: Span) -> bool:
    """Whether both ends lie on the slot grid, which starts at local midnight."""
    return all(_on_grid(opening.terms.slot_minutes, instant) for instant in (span.start, span.end))


def open_minutes(openings: Sequence[Opening], maintenance: Iterable[Span], start: datetime, end: datetime) -> int:
    """Published open minutes inside `[start, end)` less recorded maintenance: the base of utilisation (A28).

    Each day counts by the version in force on it. Minutes of the clock, not of lanes: a resource of two lanes that
    is open for an hour was open for 60 minutes.
    """
    spans: list[Span] = []
    for day in _days(start, end):
        opening = opening_in_force(openings, day)
        if opening is not None:
            spans.extend(_on_day(opening.windows, day, start, end))
    shut = merged(maintenance)
    lost = sum(
        part.minutes for span in spans for gap in shut if (part := gap.clipped(span.start, span.end)) is not None
    )
    return sum(span.minutes for span in spans) - lost


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time as few spans, in order: those that overlap or touch become one."""
    whole: list[Span] = []
    for span in sorted(spans, key=lambda item: item.start):
        if whole and span.start <= whole[-1].end:
            whole[-1] = Span(start=whole[-1].start, end=max(whole[-1].end, span.end))
        else:
            whole.append(span)
    return whole


def _days(start: datetime, end: datetime) -> Iterator[date]:
    day = local_date(start)
    while midnight(day) < end:
        yield day
        day += timedelta(days=1)


def _on_day(windows: Iterable[OpeningWindow], day: date, start: datetime, end: datetime) -> Iterator[Span]:
    begin = midnight(day)
    for window in windows:
        if window.weekday == day.isoweekday():
            low = max(start, begin + timedelta(minutes=window.start_minute))
            high = min(end, begin + timedelta(minutes=window.end_minute))
            if low < high:
                yield Span(start=low, end=high)


def _on_grid(slot_minutes: int, instant: datetime) -> bool:
    clock = local(instant)
    whole_minute = clock.second == 0 and clock.microsecond == 0
    return whole_minute and (clock.hour * 60 + clock.minute) % slot_minutes == 0
