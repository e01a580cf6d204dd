# SPDX-License-Identifier: Apache-2.0
"""Other times that might be asked for instead: as long as the wish, in opening hours, the nearest first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.time import Span, local_date, midnight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

MINUTE = timedelta(minutes=1)
DAY = 24 * 60


def starts(open_time: Iterable[Span], length: timedelta, step_minutes: int) -> list[datetime]:
    """Every start on the grid, which begins at midnight in Shanghai, from which the length fits into open time."""
    step = step_minutes * MINUTE
    even = DAY % step_minutes == 0  # else the grid begins anew at each midnight
    found: list[datetime] = []
    for span in open_time:
        start = _on_grid(span.start, step)
        while start + length <= span.end:
            found.append(start)
            start = start + step if even else _on_grid(start + MINUTE, step)
    return found


def nearest(
    wish: Span, candidates: Iterable[datetime], fits: Callable[[Span], bool], *, each_side: int, most_tried: int
) -> list[Span]:
    """Up to `each_side` spans before and after the wish that fit, by start; at most so many are tried on a side."""
    length = wish.end - wish.start
    known = sorted(candidates)
    before = (start for start in reversed(known) if start < wish.start)
    after = (start for start in known if start > wish.start)
    found = [
        *_fitting(before, length, fits, each_side, most_tried),
        *_fitting(after, length, fits, each_side, most_tried),
    ]
    return sorted(found, key=lambda span: span.start)


def _fitting(
    starts: Iterator[datetime], length: timedelta, fits: Callable[[Span], bool], wanted: int, most_tried: int
) -> Iterator[Span]:
    """Those that fit, each clear of the one found before: six times a quarter of an hour apart would be one."""
    found, last = 0, None
    for tried, start in enumerate(starts):
        if found == wanted or tried == most_tried:
            return
        span = Span(start=start, end=start + length)
        if (last is None or not span.overlaps(last)) and fits(span):
            found, last = found + 1, span
            yield span


def _on_grid(instant: datetime, step: timedelta) -> datetime:
    """The next point of the grid from an instant on."""
    begin = midnight(local_date(instant))
    return begin + -(-(instant - begin) // step) * step
