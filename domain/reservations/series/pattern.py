# SPDX-License-Identifier: Apache-2.0
"""How a booking recurs: every few days, on weekdays, or on a day of the month, until a day or so many times."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.errors import Rules
from domain.kernel.time import WallTime

if TYPE_CHECKING:
    from collections.abc import Iterator

Frequency = Literal["daily", "weekly", "monthly"]
AtConflict = Literal["skip", "stop"]
MOST_OCCURRENCES = 100
"""A series is one commit, all or nothing: a hundred is a term of twenty weeks with five days each, in one second."""
MOST_DAYS = 731
"""Nobody knows opening hours and fees further ahead than two years."""
ONE_DAY = timedelta(days=1)


class Wall(BaseModel):
    """A time as it reads on the wall of a zone; with an offset where the wall alone does not tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    start: WallTime
    end: WallTime


class Pattern(BaseModel):
    """How it recurs. It ends by exactly one of `until` (a day of the zone, included) and `count`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    frequency: Frequency
    every: Annotated[int, Field(ge=1, le=52, description="Every so many days, weeks or months")] = 1
    weekdays: Annotated[
        tuple[Annotated[int, Field(ge=1, le=7)], ...],
        Field(
            max_length=7, description="Weekly: ISO weekdays, 1 is Monday; that of the first time where none is named"
        ),
    ] = ()
    until: date | None = None
    count: Annotated[int | None, Field(ge=1)] = None


def require_bounded(pattern: Pattern, first_day: date) -> None:
    """Refuse a pattern without an end, with two, or with more occurrences than go at once.

    Raises `reservations.series_without_end`, `reservations.series_with_two_ends`, `reservations.series_ends_before`,
    `reservations.series_too_long`, `reservations.series_too_far`, `reservations.series_weekdays_idle`,
    `reservations.series_first_day_off`.
    """
    rules, until, count = Rules(), pattern.until, pattern.count
    rules.require(until is not None or count is not None, "reservations.series_without_end", field="pattern")
    rules.require(until is None or count is None, "reservations.series_with_two_ends", field="pattern.count")
    rules.require(until is None or until >= first_day, "reservations.series_ends_before", field="pattern.until")
    rules.require(
        count is None or count <= MOST_OCCURRENCES,
        "reservations.series_too_long",
        field="pattern.count",
        most=MOST_OCCURRENCES,
    )
    rules.require(
        pattern.frequency == "weekly" or not pattern.weekdays,
        "reservations.series_weekdays_idle",
        field="pattern.weekdays",
    )
    rules.require(
        not pattern.weekdays or first_day.isoweekday() in pattern.weekdays,
        "reservations.series_first_day_off",
        field="pattern.weekdays",
        weekday=first_day.isoweekday(),
    )
    rules.enforce()
    days = list(days_of(pattern, first_day))
    rules.require(
        len(days) <= MOST_OCCURRENCES, "reservations.series_too_long", field="pattern.until", most=MOST_OCCURRENCES
    )
    last = max(days)
    rules.require(
        (last - first_day).days <= MOST_DAYS, "reservations.series_too_far", field="pattern", most_days=MOST_DAYS
    )
    rules.enforce()


def days_of(pattern: Pattern, first_day: date) -> Iterator[date]:
    """The days on which it recurs, the first one included, one more than are allowed at most.

    A month that has no such day is passed over and does not count, as in calendars of other tools (RFC 5545).
    """
    for found, day in enumerate(_endless(pattern, first_day)):
        if (pattern.until is not None and day > pattern.until) or found == pattern.count or found > MOST_OCCURRENCES:
            return
        yield day


def _endless(pattern: Pattern, first_day: date) -> Iterator[date]:
    match pattern.frequency:
        case "daily":
            yield from (first_day + number * pattern.every * ONE_DAY for number in range(MOST_OCCURRENCES + 1))
        case "weekly":
            yield from _weekly(pattern, first_day)
        case "monthly":
            yield from _monthly(pattern, first_day)


def _weekly(pattern: Pattern, first_day: date) -> Iterator[date]:
    """Weeks begin on Monday."""
    weekdays = sorted(set(pattern.weekdays)) or [first_day.isoweekday()]
    monday = first_day - (first_day.isoweekday() - 1) * ONE_DAY
    for number in range(MOST_OCCURRENCES + 1):
        for weekday in weekdays:
            day = monday + (number * pattern.every * 7 + weekday - 1) * ONE_DAY
            if day >= first_day:
                yield day


def _monthly(pattern: Pattern, first_day: date) -> Iterator[date]:
    """A day of a late month is found within eight years: 29 February comes back by then."""
    for number in range(8 * 12 + MOST_OCCURRENCES * 2):
        place = first_day.year * 12 + first_day.month - 1 + number * pattern.every
        year, month = divmod(place, 12)
        try:
            yield first_day.replace(year=year, month=month + 1)
        except ValueError:
            continue
