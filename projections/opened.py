# SPDX-License-Identifier: Apache-2.0
"""The denominators of utilisation: minutes that a resource was open, and minutes it is rated for."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from domain.kernel.time import Span, local_date, midnight
from domain.resources.opening import Opening, open_minutes, opening_in_force
from domain.resources.values import BookingTerms, OpeningWindow

Row = dict[str, Any]
SECOND = timedelta(seconds=1)


def openings_of(rows: Iterable[Row]) -> list[Opening]:
    """The versions of a resource's opening, oldest first, from rows of `utilisation_openings`."""
    return [
        Opening(
            row["opening_version"],
            row["effective_from"],
            tuple(OpeningWindow(**window) for window in row["windows"]),
            BookingTerms(**row["terms"]),
            row["rated_minutes_per_year"],
        )
        for row in sorted(rows, key=lambda row: int(row["opening_version"]))
    ]


def closures_of(rows: Iterable[Row], openings: Sequence[Opening]) -> list[Span]:
    """The maintenances that shut the whole resource: those that take every lane it has on their first day."""
    return [
        Span(start=row["starts_at"], end=row["ends_at"])
        for row in rows
        if row["starts_at"] < row["ends_at"] and len(set(row["lanes"])) >= _capacity(openings, row["starts_at"])
    ]


def opened_minutes(openings: Sequence[Opening], closures: Sequence[Span], published: Span) -> int:
    """Open minutes less maintenance while published (A28)."""
    near = [closure for closure in closures if closure.overlaps(published)]
    return open_minutes(openings, near, published.start, published.end)


def rated_minutes(openings: Sequence[Opening], published: Span) -> Fraction:
    """The rated minutes of the year in proportion to the time published, each day by the version in force on it."""
    total = Fraction(0)
    day = local_date(published.start)
    while midnight(day) < published.end:
        opening = opening_in_force(openings, day)
        following = day + timedelta(days=1)
        part = published.clipped(midnight(day), midnight(following))
        if opening is not None and part is not None:
            share = Fraction((part.end - part.start) // SECOND, _year_of(day) // SECOND)
            total += opening.rated_minutes_per_year * share
        day = following
    return total


def _year_of(day: date) -> timedelta:
    return date(day.year + 1, 1, 1) - date(day.year, 1, 1)


def _capacity(openings: Sequence[Opening], instant: datetime) -> int:
    opening = opening_in_force(openings, local_date(instant))
    return opening.terms.capacity if opening else 1
