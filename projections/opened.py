# SPDX-License-Identifier: Apache-2.0
"""The denominators of utilisation: minutes that a resource was open, and minutes it is rated for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any

from domain.kernel.time import Span, local_date, midnight
from domain.resources.opening import Opening, open_minutes, open_spans, opening_in_force
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
    """What shuts the whole resource: maintenances and closures of every lane that it has on their first day.

    Lanes that are not named are all.
    """
    return [
        Span(start=row["starts_at"], end=row["ends_at"])
        for row in rows
        if row["starts_at"] < row["ends_at"] and _every_lane(row, openings)
    ]


def _every_lane(row: Row, openings: Sequence[Opening]) -> bool:
    return row["lanes"] is None or len(set(row["lanes"])) >= _capacity(openings, row["starts_at"])


def opened_minutes(openings: Sequence[Opening], closures: Sequence[Span], published: Span) -> int:
    """Open minutes less maintenance while published (A28)."""
    return sum(_opened(opening, closures, piece) for opening, piece in _pieces(openings, published))


def rated_minutes(openings: Sequence[Opening], published: Span) -> Fraction:
    """The rated minutes of the year in proportion to the time published."""
    return sum(
        (
            opening.rated_minutes_per_year * Fraction((piece.end - piece.start) // SECOND, _year_of(piece) // SECOND)
            for opening, piece in _pieces(openings, published)
        ),
        Fraction(0),
    )


def _pieces(openings: Sequence[Opening], span: Span) -> Iterator[tuple[Opening, Span]]:
    """The span cut where another version comes into force and where a year begins, each with its version."""
    years = range(local_date(span.start).year, local_date(span.end).year)
    days = [*(opening.effective_from for opening in openings), *(date(year + 1, 1, 1) for year in years)]
    inside = {instant for instant in map(midnight, days) if span.start < instant < span.end}
    for start, end in pairwise(sorted({span.start, *inside, span.end})):
        opening = opening_in_force(openings, local_date(start))
        if opening is not None:
            yield opening, Span(start=start, end=end)


def _opened(opening: Opening, closures: Sequence[Span], piece: Span) -> int:
    near = [closure for closure in closures if closure.overlaps(piece)]
    if near:
        return _disturbed(opening, tuple(near), piece.start, piece.end)
    return _undisturbed(opening.windows, piece.start, piece.end)


@lru_cache(maxsize=10_000)
def _undisturbed(windows: tuple[OpeningWindow, ...], start: datetime, end: datetime) -> int:
    """Remembered, because most instruments keep the same hours in most months."""
    return sum(span.minutes for span in open_spans(windows, start, end))


@lru_cache(maxsize=10_000)
def _disturbed(opening: Opening, near: tuple[Span, ...], start: datetime, end: datetime) -> int:
    """Remembered, because a closure of a unit holds for all of its instruments."""
    return open_minutes([opening], near, start, end)


def _year_of(span: Span) -> timedelta:
    year = local_date(span.start).year
    return date(year + 1, 1, 1) - date(year, 1, 1)


def _capacity(openings: Sequence[Opening], instant: datetime) -> int:
    opening = opening_in_force(openings, local_date(instant))
    return opening.terms.capacity if opening else 1
