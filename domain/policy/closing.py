# SPDX-License-Identifier: Apache-2.0
"""Closed time: announced by a unit for all its instruments, or for one instrument, before it begins (JS 15, CQ 14.c).

Closed time is no open time. It is told by spans in UTC, so that a closure over holidays stays what it was announced to
be: the days are those of one version of the working-day calendar, which is pinned beside them (ruling 8.21).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.kernel.time import Span, midnight

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from domain.policy.working_days import WorkingDays

ClosedOn = Literal["every_day", "holidays", "rest_days"]
"""On which days of a period: on all, on public holidays, or on all that are not worked, weekends included."""
MOST_DAYS = 366
"""A closure covers a year at most: the calendar knows no more, and what is closed for longer is suspended."""
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ClosedTime:
    """What is to be closed: spans in order that do not touch, and the calendar that told the days, if one did."""

    spans: tuple[Span, ...]
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """Reservations in the closed time: those that stand all the same, and those that the provider cancels with it."""

    kept: tuple[UUID, ...] = ()
    cancelled: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure:
    """An announced closure. `lanes` are those of one instrument, None is all; from `lifted_from` on it is open."""

    id: UUID
    spans: tuple[Span, ...]
    reason: str
    lanes: tuple[int, ...] | None = None
    lifted_from: datetime | None = None

    @property
    def closed(self) -> Iterator[Span]:
        """The spans that are closed, as far as they were not opened again."""
        for span in self.spans:
            left = span if self.lifted_from is None else span.clipped(span.start, self.lifted_from)
            if left is not None:
                yield left

    def overlap(self, span: Span) -> Span | None:
        """The first closed span that shares an instant with `span`."""
        if span.end <= self.spans[0].start or self.spans[-1].end <= span.start:
            return None
        return next((each for each in self.closed if each.overlaps(span)), None)

    def shares_lanes(self, lanes: Sequence[int] | None) -> bool:
        """Whether both speak of one lane at least."""
        return self.lanes is None or lanes is None or bool(set(self.lanes) & set(lanes))


def closed_time(
    *,
    span: Span | None,
    first_day: date | None,
    last_day: date | None,
    closed_on: ClosedOn,
    calendar: WorkingDays,
) -> ClosedTime:
    """The time meant: a span, or days of a period, whole ones of Asia/Shanghai, both ends included.

    Raises `closures.time_unclear`, `closures.ends_before_start`, `closures.too_long`, `closures.holidays_unknown`,
    `closures.no_such_day`.
    """
    by_days = first_day is not None and last_day is not None
    if (span is not None) == by_days or (first_day is None) != (last_day is None):
        raise refusal("closures.time_unclear", field="span")
    if span is not None:
        if span.end - span.start > MOST_DAYS * ONE_DAY:
            raise refusal("closures.too_long", field="span", most_days=MOST_DAYS)
        return ClosedTime((span,))
    assert first_day is not None
    assert last_day is not None
    _require_period(first_day, last_day)
    if closed_on == "every_day":
        return ClosedTime(whole_days(_days(first_day, last_day)))
    return _by_calendar(first_day, last_day, closed_on, calendar)


def _require_period(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise refusal("closures.ends_before_start", field="last_day")
    if (last_day - first_day).days >= MOST_DAYS:
        raise refusal("closures.too_long", field="last_day", most_days=MOST_DAYS)


def _by_calendar(first_day: date, last_day: date, closed_on: ClosedOn, calendar: WorkingDays) -> ClosedTime:
    """Days that the calendar knows already: what is not announced yet is not guessed."""
    if not (calendar.announced(first_day) and calendar.announced(last_day)):
        raise refusal(
            "closures.holidays_unknown",
            field="last_day",
            calendar=calendar.version,
            first_year=calendar.first_year,
            last_year=calendar.last_year,
        )
    days = [
        day
        for day in _days(first_day, last_day)
        if (day in calendar.holidays if closed_on == "holidays" else not calendar.is_working_day(day))
    ]
    if not days:
        raise refusal("closures.no_such_day", field="closed_on", closed_on=closed_on)
    return ClosedTime(whole_days(days), calendar.version)


def whole_days(days: Iterable[date]) -> tuple[Span, ...]:
    """Days in order as few spans: those that follow each other are one."""
    spans: list[Span] = []
    for day in days:
        begin, end = midnight(day), midnight(day + ONE_DAY)
        if spans and spans[-1].end == begin:
            begin = spans.pop().start
        spans.append(Span(start=begin, end=end))
    return tuple(spans)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def require_announceable(
    known: Iterable[Closure], time: ClosedTime, *, lanes: tuple[int, ...] | None = None, now: datetime
) -> None:
    """Refuse closed time that has begun already, or that is closed already.

    Closing after the fact would take away open time that users had and that utilisation counts (A28). Raises
    `closures.in_the_past`, `closures.closed_already`.
    """
    rules = Rules()
    start = time.spans[0].start
    rules.require(start >= now, "closures.in_the_past", field="span", start=start.isoformat(), now=now.isoformat())
    for closure in known:
        met = next((found for span in time.spans if (found := closure.overlap(span))), None)
        rules.require(
            met is None or not closure.shares_lanes(lanes),
            "closures.closed_already",
            field="span",
            closure=str(closure.id),
            start=met.start.isoformat() if met else "",
            end=met.end.isoformat() if met else "",
            why=closure.reason,
        )
    rules.enforce()


def require_liftable(known: Iterable[Closure], closure_id: UUID, *, now: datetime) -> Closure:
    """The closure, which is not over. Raises `closures.unknown`, `closures.over`."""
    found = next((closure for closure in known if closure.id == closure_id), None)
    if found is None:
        raise refusal("closures.unknown", field="closure")
    if found.lifted_from is not None or found.spans[-1].end <= now:
        raise refusal("closures.over", field="closure")
    return found


def lifted(known: tuple[Closure, ...], closure_id: UUID, lifted_from: datetime) -> tuple[Closure, ...]:
    """All closures after one was lifted."""
    return tuple(replace(each, lifted_from=lifted_from) if each.id == closure_id else each for each in known)
