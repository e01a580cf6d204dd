# SPDX-License-Identifier: Apache-2.0
"""Named parts of the week: which of them covers a minute, and how a use divides over them. Clocks of Asia/Shanghai."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from domain.kernel.time import local
from domain.resources.values import MINUTES_OF_A_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.kernel.house_rules import TimeBand

Moment = tuple[int, int]
"""An ISO weekday and a minute after local midnight."""


def covering(bands: Iterable[TimeBand], moment: Moment) -> frozenset[str]:
    """Names of the bands that a moment lies in."""
    weekday, minute = moment
    return frozenset(
        band.name for band in bands if weekday in band.weekdays and band.start_minute <= minute < band.end_minute
    )


def moments(bands: Sequence[TimeBand]) -> list[Moment]:
    """The first minute of each stretch of the week in which nothing changes."""
    return [(weekday, minute) for weekday in range(1, 8) for minute in (0, *_edges(bands, weekday))]


def stretches(bands: Sequence[TimeBand], start: datetime, minutes: int) -> Iterator[tuple[date, frozenset[str], int]]:
    """A use of `minutes` from `start` on, cut at midnight and at the edges of bands: day, bands, minutes; in order."""
    clock = local(start)
    ordinal, minute = clock.date().toordinal(), clock.hour * 60 + clock.minute
    while minutes > 0:
        day = date.fromordinal(ordinal)
        until = min(minute + minutes, MINUTES_OF_A_DAY)
        cuts = [cut for cut in _edges(bands, day.isoweekday()) if minute < cut < until]
        for first, last in zip((minute, *cuts), (*cuts, until), strict=True):
            yield day, covering(bands, (day.isoweekday(), first)), last - first
        minutes -= until - minute
        ordinal, minute = ordinal + 1, 0


def by_month(start: datetime, minutes: int) -> dict[str, int]:
    """Minutes of a use in each month it touches, `YYYY-MM`."""
    found: dict[str, int] = {}
    for day, _, part in stretches((), start, minutes):
        month = f"{day:%Y-%m}"
        found[month] = found.get(month, 0) + part
    return found


def _edges(bands: Iterable[TimeBand], weekday: int) -> list[int]:
    """Minutes inside the day at which a band begins or ends, in order."""
    edges = {edge for band in bands if weekday in band.weekdays for edge in (band.start_minute, band.end_minute)}
    return sorted(edge for edge in edges if 0 < edge < MINUTES_OF_A_DAY)
