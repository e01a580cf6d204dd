# SPDX-License-Identifier: Apache-2.0
"""Why a resource fits a need: points for what was asked and found, part by part, so that a person can disagree.

The points order a list. They decide nothing, bind nobody and come from no article; what a need does not ask, or
nobody knows of a resource, counts neither for it nor against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.network.values import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from uuid import UUID

CLASS, WORDS, PLACE, PRICE, FREE_TIME, RATING = 30, 30, 15, 15, 5, 5
DIGITS_OF_A_LEVEL = 2
BEST_RATING = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What is looked for. Empty and None ask nothing; amounts in fen."""

    class_code: str = ""
    keywords: tuple[str, ...] = ()
    city: str = ""
    district: str = ""
    budget_fen: int | None = None
    needed_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a resource towards a need; None is unknown.

    `named` are keywords found in its own words, `aliased` those found under another name of the same thing. `cost_fen`
    is what the quantity asked for costs by the fee standard; `full` says that no free time was found at all. `rating`
    is the mean in hundredths of a point, of five points.
    """

    resource: UUID
    class_code: str = ""
    named: tuple[str, ...] = ()
    aliased: tuple[str, ...] = ()
    city: str = ""
    district: str = ""
    cost_fen: int | None = None
    first_free: date | None = None
    full: bool = False
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a candidate fits, with every reason."""

    candidate: Candidate
    reasons: tuple[Reason, ...]

    @property
    def points(self) -> int:
        """The points of all reasons."""
        return sum(reason.points for reason in self.reasons)

    @property
    def of(self) -> int:
        """The points that could have been had."""
        return sum(reason.of for reason in self.reasons)

    @property
    def permille(self) -> int:
        """Points in thousandths of those that could have been had; 0 where nothing could be compared."""
        return self.points * 1000 // self.of if self.of else 0


def fit(need: Need, candidate: Candidate) -> Fit:
    """Explain one candidate."""
    parts = (_class, _words, _place, _price, _free_time, _rating)
    return Fit(candidate, tuple(reason for part in parts for reason in part(need, candidate)))


def ranked(need: Need, candidates: Iterable[Candidate]) -> list[Fit]:
    """All candidates that have anything of what was asked, the best first; equal ones in the order of their ids."""
    fits = [fit(need, candidate) for candidate in candidates]
    found = [
        each for each in fits if any(reason.points for reason in each.reasons if reason.part in ("class", "words"))
    ]
    return sorted(found, key=lambda each: (-each.permille, -each.points, str(each.candidate.resource)))


def _class(need: Need, candidate: Candidate) -> Iterator[Reason]:
    """Level by level of the national classification: 0101 shares two of the three levels of 010102."""
    if not (need.class_code and candidate.class_code):
        return
    asked = len(need.class_code) // DIGITS_OF_A_LEVEL
    shared = 0
    while shared < asked and _level(need.class_code, shared) == _level(candidate.class_code, shared):
        shared += 1
    points = CLASS * shared // asked if asked else 0
    yield Reason(part="class", asked=need.class_code, found=candidate.class_code, points=points, of=CLASS)


def _level(code: str, level: int) -> str:
    return code[level * DIGITS_OF_A_LEVEL : (level + 1) * DIGITS_OF_A_LEVEL]


def _words(need: Need, candidate: Candidate) -> Iterator[Reason]:
    """A word of the resource's own counts in full, another name for it half."""
    if not need.keywords:
        return
    halves = 2 * len(candidate.named) + len(candidate.aliased)
    points = min(WORDS, WORDS * halves // (2 * len(need.keywords)))
    found = ", ".join((*candidate.named, *candidate.aliased))
    yield Reason(part="words", asked=", ".join(need.keywords), found=found, points=points, of=WORDS)


def _place(need: Need, candidate: Candidate) -> Iterator[Reason]:
    if not need.city:
        return
    same_city = need.city == candidate.city
    near = same_city and (not need.district or need.district == candidate.district)
    points = PLACE if near else PLACE * 2 // 3 if same_city else 0
    asked, found = (f"{city} {district}".strip() for city, district in (_where(need), _where(candidate)))
    yield Reason(part="place", asked=asked, found=found, points=points, of=PLACE)


def _where(place: Need | Candidate) -> tuple[str, str]:
    return place.city, place.district


def _price(need: Need, candidate: Candidate) -> Iterator[Reason]:
    if need.budget_fen is None or candidate.cost_fen is None:
        return
    points = PRICE if candidate.cost_fen <= need.budget_fen else 0
    yield Reason(part="price", asked=str(need.budget_fen), found=str(candidate.cost_fen), points=points, of=PRICE)


def _free_time(need: Need, candidate: Candidate) -> Iterator[Reason]:
    first = candidate.first_free
    if need.needed_by is None or (first is None and not candidate.full):
        return
    points = FREE_TIME if first is not None and first <= need.needed_by else 0
    asked, found = need.needed_by.isoformat(), first.isoformat() if first else ""
    yield Reason(part="free_time", asked=asked, found=found, points=points, of=FREE_TIME)


def _rating(_need: Need, candidate: Candidate) -> Iterator[Reason]:
    if candidate.rating is None:
        return
    points = min(RATING, RATING * candidate.rating // BEST_RATING)
    yield Reason(part="rating", asked="", found=str(candidate.rating), points=points, of=RATING)
