# SPDX-License-Identifier: Apache-2.0
"""Which of many instruments is free first: published, bookable, open, and not taken, by the calendar as it stands.

A time is offered only where a request for it would be let in: opening hours and grid, notice and limits published,
customs conditions, lanes with set-up and clean-down. Who asks may still be refused for reasons of their own.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from uuid import UUID

from domain.kernel.time import local_date
from domain.resources.free_slots import Held, Seconds, Wish, free_slots, instant_of, seconds_of
from domain.resources.opening import Opening, opening_in_force
from projections.calendar import MODEL as CALENDAR
from projections.instruments import MODEL
from projections.opened import openings_of
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import Row
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
    """An instrument and its next free spans; `confirmation` is automatic or manual at the first of them."""

    row: Row
    confirmation: str
    slots: list[Slot]


@dataclass(frozen=True, slots=True)
class FirstFree:
    """Instruments with free spans, the earliest first; how many were looked at, and the log position it shows."""

    found: list[Free]
    examined: int
    position: int


def first_free(cursor: Cursor, instruments: Sequence[UUID], asked: Asked) -> FirstFree:
    """The earliest free spans of each instrument; equally early ones by price, then by name.

    What is not public, suspended or not bookable is passed over, as if it were not there.
    """
    position = min(position_of(cursor, MODEL.name), position_of(cursor, CALENDAR.name))
    rows = fetch(cursor, _OFFERED, (list(instruments),))
    found = _found(cursor, rows, asked)
    order = {row["id"]: (row["price_order"], row["pinyin"], row["id"]) for row in rows}
    found.sort(key=lambda free: (free.slots[0].start, *order[free.row["id"]]))
    return FirstFree(found, len(rows), position)


def _found(cursor: Cursor, rows: Sequence[Row], asked: Asked) -> list[Free]:
    """Near days first: most instruments are free within them, and what is held later need not be read for these."""
    near = replace(asked, end=min(asked.start + NEAR, asked.end))
    found, others = [], []
    taken = _taken(cursor, rows, near)
    for row in rows:
        free = _free(row, taken.get(row["id"], {}), near)
        if free is not None and (len(free.slots) == asked.slots or near == asked):
            found.append(free)
        else:
            others.append(row)
    if near == asked:
        return found
    taken = _taken(cursor, others, asked)
    return [*found, *(free for row in others if (free := _free(row, taken.get(row["id"], {}), asked)))]


_OFFERED = """
    SELECT i.id, i.unit, i.name_zh, i.name_en, i.model, i.city, i.district, i.class_code, i.price_fen, i.price_per,
        i.duty_free, i.openings::text AS openings, i.opening_limit, i.customs_periods, x.price_order, x.pinyin,
        coalesce(u.name_zh, '') AS unit_name_zh, coalesce(u.name_en, '') AS unit_name_en
    FROM instruments i JOIN instrument_index x ON x.id = i.id LEFT JOIN instrument_units u ON u.id = i.unit
    WHERE i.id = ANY(%s) AND i.state = 'published' AND i.bookable
"""
_INTERNAL = {"openings", "opening_limit", "customs_periods", "price_order", "pinyin"}


def _taken(cursor: Cursor, rows: Sequence[Row], asked: Asked) -> Taken:
    terms = [opening.terms for row in rows for opening in _openings(row["openings"])]
    margin = timedelta(minutes=max((max(each.setup_minutes, each.cleanup_minutes) for each in terms), default=0))
    return taken_between(cursor, [row["id"] for row in rows], asked.start - margin, asked.end + margin)


def _free(row: Row, held: Mapping[int, Sequence[Held]], asked: Asked) -> Free | None:
    limit, openings = row["opening_limit"] or {}, _openings(row["openings"])
    if asked.user_kind in limit.get("excluded_user_kinds", ()):
        return None
    wish = _wish(limit, asked)
    if row["duty_free"] and asked.customs:
        periods = row["customs_periods"]
        spans = free_slots(openings, held, wish, permitted=lambda day: _covered(periods, day))
    else:
        spans = free_slots(openings, held, wish)
    slots = [Slot(instant_of(start), instant_of(end)) for start, end in islice(spans, asked.slots)]
    opening = opening_in_force(openings, local_date(slots[0].start)) if slots else None
    if opening is None:
        return None
    return Free({name: row[name] for name in row if name not in _INTERNAL}, opening.terms.confirmation, slots)


def _wish(limit: Mapping[str, int | None], asked: Asked) -> Wish:
    """Not before now, nor with less notice than published, nor further ahead (JS 14, 15; ruling 8.17)."""
    now = seconds_of(asked.now)
    notice, ahead = limit.get("latest_minutes_before"), limit.get("earliest_minutes_before")
    soonest = now + 1 if notice is None else max(now + 1, _up(asked.now) + notice * MINUTE)
    last_start = None if ahead is None else now + ahead * MINUTE
    return Wish(asked.minutes, max(_up(asked.start), soonest), seconds_of(asked.end), last_start)


def _up(instant: datetime) -> Seconds:
    return seconds_of(instant) + (instant.microsecond > 0)


def _covered(periods: Sequence[Sequence[str]], day: date) -> bool:
    return any(first <= day.isoformat() <= last for first, last in periods)


@lru_cache(maxsize=20_000)
def _openings(text: str) -> list[Opening]:
    """Versions of opening hours from their JSON, remembered by it: reading them takes longer than using them."""
    given = [row | {"effective_from": date.fromisoformat(row["effective_from"])} for row in json.loads(text)]
    return openings_of(given)
