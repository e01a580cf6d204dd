# SPDX-License-Identifier: Apache-2.0
"""Free times for those who wait: on each day the first that fits, by opening hours and by what is taken."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from domain.kernel.time import local_date
from domain.resources.free_slots import DAY, MINUTE, OFFSET, Seconds, Shut, Wish, free_slots, instant_of, seconds_of
from projections.closures import closed_between
from projections.offered import Offered, offered
from projections.paging import Cursor
from projections.readmodel import Row
from projections.taken import Taken, taken_between
from projections.waiting import AGAIN_AFTER

MOST_TIMES = 12
Closed = Mapping[UUID, Sequence[Shut]]
"""By instrument or unit."""


@dataclass(frozen=True, slots=True)
class Free:
    """A time that is free on an instrument."""

    resource: UUID
    start: datetime
    end: datetime


def times_for(cursor: Cursor, entry: Row, now: datetime) -> list[Free]:
    """The first free time of each day and instrument that the entry waits for, by start; not what was tried lately.

    Whether the user would be let in is judged by the request itself.
    """
    begin, end = max(entry["earliest"], now), entry["latest"]
    instruments = offered(cursor, [UUID(each) for each in entry["resources"]])
    margin = timedelta(minutes=max((each.margin_minutes for each in instruments), default=0))
    taken = taken_between(cursor, [each.id for each in instruments], begin - margin, end + margin)
    closed = closed_between(cursor, [place for each in instruments for place in (each.id, each.unit)], begin, end)
    tried = {(each[0], each[1]) for each in entry["tried"] if datetime.fromisoformat(each[2]) > now - AGAIN_AFTER}
    found = (free for free in _by_day(instruments, taken, closed, entry, begin, now) if not _among(free, tried))
    return list(islice(found, MOST_TIMES))


def _by_day(
    instruments: list[Offered], taken: Taken, closed: Closed, entry: Row, begin: datetime, now: datetime
) -> Iterator[Free]:
    day, last = local_date(begin), local_date(entry["latest"])
    while day <= last:
        midnight = (day.toordinal() - _FIRST) * DAY - OFFSET
        of_day = [free for each in instruments if (free := _first(each, taken, closed, entry, midnight, begin, now))]
        yield from sorted(of_day, key=lambda free: (free.start, free.resource))
        day += timedelta(days=1)


def _first(
    instrument: Offered,
    taken: Taken,
    closed: Closed,
    entry: Row,
    midnight: Seconds,
    begin: datetime,
    now: datetime,
) -> Free | None:
    """Between the hours named, inside the range, in no closed time, and with the notice of the opening limit."""
    notice = instrument.limit.get("latest_minutes_before") or 0
    soonest = max(_up(begin), seconds_of(now) + 1, _up(now) + notice * MINUTE)
    low = max(midnight + entry["from_minute"] * MINUTE, soonest)
    high = min(midnight + entry["until_minute"] * MINUTE, seconds_of(entry["latest"]))
    wish = Wish(entry["minutes"], low, high)
    shut = [each for place in (instrument.id, instrument.unit) for each in closed.get(place, ())]
    span = next(free_slots(instrument.openings, taken.get(instrument.id, {}), wish, closed=shut), None)
    return Free(instrument.id, instant_of(span[0]), instant_of(span[1])) if span else None


def _among(free: Free, tried: set[tuple[str, str]]) -> bool:
    return (str(free.resource), free.start.isoformat()) in tried


def _up(instant: datetime) -> Seconds:
    return seconds_of(instant) + (instant.microsecond > 0)


_FIRST = datetime(1970, 1, 1).toordinal()  # noqa: DTZ001 - a day, no instant
