# SPDX-License-Identifier: Apache-2.0
"""The occurrences of a series, each taken in like a single request, or left out with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from application.errors import ApplicationError
from application.reservations.reserving import reserve
from domain.kernel.errors import DomainError, Violation, refusal
from domain.parties.user import USER
from domain.reservations.reservation import RESERVATION
from domain.reservations.series.pattern import days_of
from domain.reservations.series.zones import first_span, require_as_long, span_on

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, tzinfo
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.kernel.time import Span
    from domain.reservations.facts import Wish
    from domain.reservations.series.pattern import Pattern, Wall
    from domain.resources.resource import Resource

ON_HOLIDAY, UNKNOWN = "reservations.series_on_holiday", "reservations.series_holidays_unknown"


@dataclass(frozen=True)
class Occurrence:
    """One time of a series: the reservation made of it, or the rules that it breaks."""

    number: int
    day: date
    span: Span | None
    reservation: UUID | None = None
    state: str = ""
    quote_fen: int = 0
    broken: tuple[Violation, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules broken, each once."""
        return tuple(dict.fromkeys(violation.code for violation in self.broken))

    @property
    def conflicts(self) -> bool:
        """Whether it was left out against the user's wish."""
        return bool(self.broken) and self.codes != (ON_HOLIDAY,)

    @property
    def told(self) -> dict[str, JsonValue]:
        """What the answer says of it."""
        known: dict[str, JsonValue] = {"number": self.number, "day": self.day.isoformat()}
        if self.span is not None:
            known |= {"start": self.span.start.isoformat(), "end": self.span.end.isoformat()}
        if self.reservation is not None:
            return known | {"reservation": str(self.reservation), "state": self.state, "quote_fen": self.quote_fen}
        why: list[JsonValue] = [{"code": each.code, "field": each.field, **each.parameters} for each in self.broken]
        return known | {"why": why}


@dataclass(frozen=True)
class Occurrences:
    """All of them in order, and for whom."""

    all: tuple[Occurrence, ...]
    customer: UUID | None = None

    @property
    def conflicts(self) -> tuple[Occurrence, ...]:
        """Those that break a rule or are taken."""
        return tuple(each for each in self.all if each.conflicts)

    @property
    def violations(self) -> list[Violation]:
        """Every broken rule of every conflict; the field says of which occurrence."""
        return [
            Violation(
                violation.code,
                {**violation.parameters, "occurrence": each.number, "day": each.day.isoformat()},
                violation.citation,
                f"occurrences.{each.number}",
                violation.overridable_by,
            )
            for each in self.conflicts
            for violation in each.broken
        ]


@dataclass
class _Taking:
    """Takes one occurrence after the other; each sees what those before it hold and draw."""

    work: Work
    found: Loaded[Resource]
    user: UUID
    wish: Callable[[Span], Wish]
    skip_holidays: bool
    first: Span
    held: list[Span] = field(default_factory=list)

    def one(self, number: int, day: date, first: Wall, zone: tzinfo) -> Occurrence:
        """Book it, or say why not."""
        span: Span | None = None
        try:
            span = span_on(day, first, zone)
            self._require_worked(day)
            require_as_long(span, self.first, day, zone)
            self._require_apart(span)
            wish = self.wish(span)
            made = self.work.attempt(lambda: reserve(self.work, self.found, self.user, wish))
        except DomainError as refused:
            return Occurrence(number, day, span, broken=refused.violations)
        except ApplicationError as refused:
            broken = Violation(refused.code, refused.parameters, field=refused.field)
            return Occurrence(number, day, span, broken=(broken,))
        self.held.append(self.work.load(RESERVATION, made.id).state.held)
        fee = made.data["quote_fen"]
        assert isinstance(fee, int)
        return Occurrence(number, day, span, made.id, str(made.data["state"]), fee)

    def _require_worked(self, day: date) -> None:
        calendar = self.work.calendar
        if self.skip_holidays and not calendar.announced(day):
            raise refusal(
                UNKNOWN,
                field="skip_holidays",
                day=day.isoformat(),
                calendar=calendar.version,
                first_year=calendar.first_year,
                last_year=calendar.last_year,
            )
        if self.skip_holidays and day in calendar.holidays:
            raise refusal(ON_HOLIDAY, field="skip_holidays", day=day.isoformat(), calendar=calendar.version)

    def _require_apart(self, span: Span) -> None:
        """Claims know nothing yet of what this command holds itself."""
        met = next((each for each in self.held if each.overlaps(span)), None)
        if met is not None:
            raise refusal("reservations.series_overlaps_itself", field="pattern", until=met.end.isoformat())


def occurrences_of(
    work: Work,
    found: Loaded[Resource],
    user: UUID,
    *,
    pattern: Pattern,
    first: Wall,
    zone: tzinfo,
    wish: Callable[[Span], Wish],
    skip_holidays: bool,
) -> Occurrences:
    """Take every occurrence in, or say why not. Raises `NotFound` for the user."""
    taking = _Taking(work, found, user, wish, skip_holidays, first_span(first, zone))
    days = enumerate(days_of(pattern, first.start.date()), start=1)
    taken = tuple(taking.one(number, day, first, zone) for number, day in days)
    return Occurrences(taken, work.load(USER, user).state.legal_person)
