# SPDX-License-Identifier: Apache-2.0
"""Which of many instruments is free first: published, bookable, open, and not taken, by the calendar as it stands.

A time is offered only where a request for it would be let in: opening hours and grid, notice and limits published,
customs conditions, lanes with set-up and clean-down. Who asks may still be refused for reasons of their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from uuid import UUID

from domain.resources.free_slots import Held, Seconds, Shut, Wish, date_of, free_slots, instant_of, seconds_of
from domain.resources.opening import opening_in_force
from projections.calendar import MODEL as CALENDAR
from projections.closures import MODEL as CLOSURES
from projections.closures import closed_between
from projections.instruments import MODEL
from projections.offered import Offered, offered
from projections.paging import Cursor, position_of
from projections.taken import Taken, taken_between

MINUTE = 60
MOST_EXAMINED = 1_000
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Asked:
    """A use of `minutes` (None: as short as may be) wholly inside `[start, end)`, asked for `now`.

    `user_kind` leaves out instruments whose published limit excludes it; `customs` says that duty-free imports need a
    valid condition (CQ 18); of each instrument `slots` are wanted.
    """

    minutes: int | None
    start: datetime
    end: datetime
    now: datetime
    user_kind: str | None = None
    customs: bool = False
    slots: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """A free span, half-open."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Free:
    """An instrument and its next free spans."""

    instrument: Offered
    spans: list[tuple[Seconds, Seconds]]

    @property
    def slots(self) -> list[Slot]:
        """The spans as instants."""
        return [Slot(instant_of(start), instant_of(end)) for start, end in self.spans]

    @property
    def confirmation(self) -> str:
        """How a request for the first of them is confirmed: automatic or manual."""
        opening = opening_in_force(self.instrument.openings, date_of(self.spans[0][0]))
        return opening.terms.confirmation if opening else ""


@dataclass(frozen=True, slots=True)
class FirstFree:
    """Instruments with free spans, the earliest first; how many were looked at, and the log position it shows."""

    found: list[Free]
    examined: int
    position: int


@dataclass(frozen=True, slots=True)
class _Clock:
    """What was asked, in whole seconds: worked out once for a thousand instruments."""

    minutes: int | None
    now: Seconds
    now_up: Seconds
    start: Seconds
    end: Seconds


def first_free(cursor: Cursor, instruments: Sequence[UUID], asked: Asked) -> FirstFree:
    """The earliest free spans of each instrument; equally early ones by price, then by name.

    What is not public, suspended or not bookable is passed over, as if it were not there.
    """
    position = min(position_of(cursor, name) for name in (MODEL.name, CALENDAR.name, CLOSURES.name))
    candidates = offered(cursor, instruments)
    found = _found(cursor, candidates, asked)
    found.sort(key=lambda free: (free.spans[0][0], *free.instrument.order))
    return FirstFree(found, len(candidates), position)


def _found(cursor: Cursor, candidates: Sequence[Offered], asked: Asked) -> list[Free]:
    """Near days first: most instruments are free within them, and what is held later need not be read for these."""
    near = replace(asked, end=min(asked.start + NEAR, asked.end))
    found = _free_among(cursor, candidates, near)
    if near == asked:
        return found
    enough = [free for free in found if len(free.spans) == asked.slots]
    done = {free.instrument.id for free in enough}
    return [*enough, *_free_among(cursor, [each for each in candidates if each.id not in done], asked)]


def _free_among(cursor: Cursor, candidates: Sequence[Offered], asked: Asked) -> list[Free]:
    clock = _Clock(asked.minutes, seconds_of(asked.now), _up(asked.now), _up(asked.start), seconds_of(asked.end))
    taken = _taken(cursor, candidates, asked)
    closed = closed_between(
        cursor, [place for each in candidates for place in (each.id, each.unit)], asked.start, asked.end
    )
    shut = {each.id: [*closed.get(each.unit, ()), *closed.get(each.id, ())] for each in candidates} if closed else {}
    spans = ((each, _spans(each, taken.get(each.id, {}), shut.get(each.id, ()), asked, clock)) for each in candidates)
    return [Free(each, free) for each, free in spans if free]


def _taken(cursor: Cursor, candidates: Sequence[Offered], asked: Asked) -> Taken:
    margin = timedelta(minutes=max((each.margin_minutes for each in candidates), default=0))
    return taken_between(cursor, [each.id for each in candidates], asked.start - margin, asked.end + margin)


def _spans(
    instrument: Offered, held: Mapping[int, Sequence[Held]], closed: Sequence[Shut], asked: Asked, clock: _Clock
) -> list[tuple[Seconds, Seconds]]:
    if asked.user_kind in instrument.limit.get("excluded_user_kinds", ()):
        return []
    wish = _wish(instrument.limit, clock)
    if instrument.customs_periods is None or not asked.customs:
        return list(islice(free_slots(instrument.openings, held, wish, closed=closed), asked.slots))
    periods = instrument.customs_periods
    spans = free_slots(instrument.openings, held, wish, permitted=lambda day: _covered(periods, day), closed=closed)
    return list(islice(spans, asked.slots))


def _wish(limit: Mapping[str, int | None], clock: _Clock) -> Wish:
    """Not before now, nor with less notice than published, nor further ahead (JS 14, 15; ruling 8.17)."""
    notice, ahead = limit.get("latest_minutes_before"), limit.get("earliest_minutes_before")
    soonest = clock.now + 1 if notice is None else max(clock.now + 1, clock.now_up + notice * MINUTE)
    last_start = None if ahead is None else clock.now + ahead * MINUTE
    return Wish(clock.minutes, max(clock.start, soonest), clock.end, last_start)


def _up(instant: datetime) -> Seconds:
    return seconds_of(instant) + (instant.microsecond > 0)


def _covered(periods: Sequence[Sequence[str]], day: date) -> bool:
    return any(first <= day.isoformat() <= last for first, last in periods)
