# SPDX-License-Identifier: Apache-2.0
"""Who is on duty at an instrument (值班老师) at a moment and during a span, by the rosters its unit has published.

Days, weekdays and minutes are those of Asia/Shanghai; spans are UTC and half-open. People are ids of users.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from domain.kernel.time import Span, local, local_date, midnight
from domain.resources.duty_events import DutyEntry, DutyException, DutyRosterPublished, People

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

Hours = tuple[int, int, People]
"""From a minute of the day to another, and who is on duty between them."""


class DutyRoster(BaseModel):
    """A version of the roster, in force from a day on until a later version is."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    roster_version: int
    effective_from: date
    entries: tuple[DutyEntry, ...]
    exceptions: tuple[DutyException, ...] = ()

    @classmethod
    def of(cls, event: DutyRosterPublished) -> DutyRoster:
        """What an event publishes."""
        return cls(**{name: getattr(event, name) for name in cls.model_fields})


@dataclass(frozen=True, slots=True)
class Duty:
    """The people on duty together during a span."""

    span: Span
    persons: People


def roster_on(rosters: Sequence[DutyRoster], day: date) -> DutyRoster | None:
    """The version in force on a day: of those effective by then the one published last."""
    return next((roster for roster in reversed(rosters) if roster.effective_from <= day), None)


def on_duty(roster: DutyRoster, instant: datetime) -> People:
    """Who is on duty at an instant by one version, whenever it is in force; nobody where it names nobody."""
    clock = local(instant)
    minute = clock.hour * 60 + clock.minute
    return next((people for low, high, people in hours_of(roster, clock.date()) if low <= minute < high), ())


def on_duty_at(rosters: Sequence[DutyRoster], instant: datetime) -> People:
    """Who is on duty at an instant by the version in force on its day."""
    roster = roster_on(rosters, local_date(instant))
    return on_duty(roster, instant) if roster else ()


def duties(rosters: Sequence[DutyRoster], start: datetime, end: datetime) -> list[Duty]:
    """Who is on duty when inside `[start, end)`, in order; neighbouring hours of the same people are one."""
    found: list[Duty] = []
    for duty in _clipped(rosters, start, end):
        last = found[-1] if found else None
        if last and last.span.end >= duty.span.start and set(last.persons) == set(duty.persons):
            found[-1] = Duty(Span(start=last.span.start, end=max(last.span.end, duty.span.end)), last.persons)
        else:
            found.append(duty)
    return found


def people_during(rosters: Sequence[DutyRoster], span: Span) -> People:
    """Everybody on duty at some time of a span, once, in the order of their hours."""
    return tuple(dict.fromkeys(person for duty in duties(rosters, span.start, span.end) for person in duty.persons))


def hours_of(roster: DutyRoster, day: date) -> list[Hours]:
    """The hours of a day with somebody on duty, in order: those of the weekday, as the day's exceptions leave them."""
    hours = [
        (entry.start_minute, entry.end_minute, entry.persons)
        for entry in roster.entries
        if day.isoweekday() in entry.weekdays
    ]
    for exception in roster.exceptions:
        if exception.day == day:
            hours = _excepted(hours, exception)
    return sorted((each for each in hours if each[2]), key=lambda each: each[:2])


def _excepted(hours: list[Hours], exception: DutyException) -> list[Hours]:
    low, high, people = exception.start_minute, exception.end_minute, exception.persons
    if low is None or high is None:
        return [(start, end, people) for start, end, _ in hours]
    before = [(start, min(end, low), others) for start, end, others in hours if start < low]
    after = [(max(start, high), end, others) for start, end, others in hours if end > high]
    return [*before, (low, high, people), *after]


def _clipped(rosters: Sequence[DutyRoster], start: datetime, end: datetime) -> Iterator[Duty]:
    day = local_date(start)
    while (begin := midnight(day)) < end:
        roster = roster_on(rosters, day)
        for low, high, people in hours_of(roster, day) if roster else ():
            whole = Span(start=begin + timedelta(minutes=low), end=begin + timedelta(minutes=high))
            if (part := whole.clipped(start, end)) is not None:
                yield Duty(part, people)
        day += timedelta(days=1)
