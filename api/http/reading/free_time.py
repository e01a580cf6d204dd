# SPDX-License-Identifier: Apache-2.0
"""Which of many instruments is free first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.http.reading.line import Answer, Read, several
from api.http.reading.moments import Moment
from api.http.reading.searching import Wanted
from domain.parties.events import UserKind
from projections.facets import Facet
from projections.first_free import MOST_EXAMINED, Asked, first_free
from projections.instrument_search import matching
from projections.offered import shown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from api.http.reading.line import Visit
    from projections.first_free import Free
    from projections.search_conditions import Search

MOST_NAMED, MOST_DAYS, DAY_MINUTES = 200, 92, 24 * 60
FACET_DAYS = (7, 14, 30)
ID_CHARACTERS = 37
MANY = f"at most {MOST_NAMED} instruments, their ids separated by commas"
CUSTOMS_RULE = "resource.duty_free_needs_customs_condition"


def _ids(text: str | None) -> str | None:
    try:
        ids = [UUID(each) for each in several(text) or ()]
    except ValueError as error:
        raise PydanticCustomError("uuid_parsing", MANY) from error
    if len(ids) > MOST_NAMED:
        raise PydanticCustomError("value_error", MANY)
    return text


class WantedTime(Wanted):
    """A search, or instruments named; for how long, from when on, and for how many days."""

    instruments: Annotated[str | None, AfterValidator(_ids)] = Field(
        default=None, max_length=MOST_NAMED * ID_CHARACTERS, description=f"Instead of a search: {MANY}"
    )
    minutes: int | None = Field(
        default=None, ge=1, le=31 * DAY_MINUTES, description="At least so long; else as short as each instrument allows"
    )
    start: Moment | None = Field(default=None, alias="from", description="Now where it is not named")
    days: int = Field(default=14, ge=1, le=MOST_DAYS, description="The time wanted ends so many days after `from`")
    slots: int = Field(default=1, ge=1, le=10, description="Free times of each instrument")
    user_kind: UserKind | None = Field(default=None, description="Leave out what published limits keep from this kind")
    limit: int = Field(default=50, ge=1, le=200, description="Instruments in the answer")


def first_free_slots(visit: Visit, query: WantedTime) -> Answer:
    """The earliest free times of each instrument, the earliest instrument first, at the same time the cheapest.

    A time is free where a request for it keeps opening hours, grid, shortest and longest use, notice and limits as
    published, customs conditions, and one lane with set-up and clean-down. A search is looked through up to its
    first 1,000 finds; `more` says that there are more. Exempt, suspended and unpublished instruments are not there.
    """
    named = several(query.instruments)
    ids = [UUID(each) for each in named] if named else matching(visit.cursor, query.search(visit), MOST_EXAMINED + 1)
    asked = _asked(visit, query.start, query.days, query.minutes, user_kind=query.user_kind, slots=query.slots)
    found = first_free(visit.cursor, ids[:MOST_EXAMINED], asked)
    document = {
        "items": _items(visit, found.found[: query.limit]),
        "free": len(found.found),
        "examined": found.examined,
        "more": len(ids) > MOST_EXAMINED,
        "from": asked.start,
        "to": asked.end,
        "position": found.position,
    }
    return Answer(document)


def only_free(visit: Visit, wanted: Search, days: int, minutes: int | None) -> Search:
    """The same search, of the first finds only what is free within so many days."""
    ids = matching(visit.cursor, wanted, MOST_EXAMINED)
    found = first_free(visit.cursor, ids, _asked(visit, None, days, minutes)).found
    return replace(wanted, among=tuple(free.instrument.id for free in found))


def free_facet(visit: Visit, wanted: Search, minutes: int | None) -> list[Facet]:
    """How many of the first finds are free within 7, 14 and 30 days."""
    ids = matching(visit.cursor, wanted, MOST_EXAMINED)
    asked = _asked(visit, None, max(FACET_DAYS), minutes)
    ends = [free.slots[0].end for free in first_free(visit.cursor, ids, asked).found]
    bounds = {days: asked.start + timedelta(days=days) for days in FACET_DAYS}
    return [
        Facet(str(days), f"{days} 天内", f"within {days} days", sum(e <= b for e in ends)) for days, b in bounds.items()
    ]


def _asked(
    visit: Visit,
    start: datetime | None,
    days: int,
    minutes: int | None,
    *,
    user_kind: str | None = None,
    slots: int = 1,
) -> Asked:
    now = visit.platform.clock()
    begin = max(start or now, now)
    return Asked(
        minutes=minutes,
        start=begin,
        end=begin + timedelta(days=days),
        now=now,
        user_kind=user_kind,
        customs=bool(visit.edition().optional(CUSTOMS_RULE)),
        slots=slots,
    )


def _items(visit: Visit, found: Sequence[Free]) -> list[dict[str, object]]:
    rows = shown(visit.cursor, [free.instrument.id for free in found])
    return [{**rows[free.instrument.id], "confirmation": free.confirmation, "slots": free.slots} for free in found]


READS = (Read("/first-free", "instruments", WantedTime, first_free_slots, "Which of many instruments is free first"),)
