# SPDX-License-Identifier: Apache-2.0
"""The catalogue and its calendar. Everybody sees what is public; a unit sees its own in every state."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_core import PydanticCustomError

from api.http.reading.free_time import free_facet, only_free
from api.http.reading.line import OUT_OF_ORDER, Answer, ById, Read, one, wrong
from api.http.reading.moments import Moment
from api.http.reading.publication import published
from api.http.reading.searching import Searched
from api.http.visibility import Scope
from application.errors import NotFound
from domain.kernel.time import Span, local_date, midnight
from projections import calendar as calendars
from projections import instrument_search
from projections import instruments as catalogue
from projections.months import a_year_to
from projections.paging import position_of
from projections.search_order import DEFINITION, order_of

if TYPE_CHECKING:
    from uuid import UUID

    from api.http.reading.line import Visit
    from domain.kernel.actor import Actor
    from projections.readmodel import Row

WEEK, LONGEST = timedelta(days=7), timedelta(days=92)
TOO_LONG = f"a calendar covers at most {LONGEST.days} days"
FOR_THE_UNIT = ("cost_sheet", "original_value_fen", "funding", "operators", "external_id")


class Between(ById):
    """A span of a calendar, half-open, at most 92 days; a week from today where it is not named."""

    start: Moment | None = Field(default=None, alias="from")
    end: Moment | None = Field(default=None, alias="to")

    def span(self, now: datetime) -> Span:
        """The span asked for. Raises pydantic's ValidationError where it ends before it starts or is too long."""
        start = self.start or midnight(local_date(now))
        end = self.end or start + WEEK
        if end <= start:
            raise wrong("to", PydanticCustomError("value_error", OUT_OF_ORDER))
        if end - start > LONGEST:
            raise wrong("to", PydanticCustomError("value_error", TOO_LONG, {"days": LONGEST.days}))
        return Span(start=start, end=end)


def instruments(visit: Visit, query: Searched) -> Answer:
    """Instruments with counts by class one level down, unit, place, price band, type, and whether duty-free.

    Total and facets are exact for everything, for whole classes, and for at least 1,000 finds. Where `more_than_total`
    is true the total is 1,000 and there are more (show "1000+"), and facets are lower bounds from about a thousand
    finds, an even sample. What is free is told of the first 1,000 finds.
    """
    wanted = query.search(visit)
    free = {"free": free_facet(visit, wanted, query.minutes)} if query.free_facet else {}
    if query.free_within_days:
        wanted = only_free(visit, wanted, query.free_within_days, query.minutes)
    found = instrument_search.search(
        visit.cursor,
        wanted,
        after=query.cursor,
        limit=query.limit,
        facets=query.facets,
        since=a_year_to(visit.today),
    )
    document = {
        "items": [_shown(visit, row) for row in found.rows],
        "next_cursor": found.next,
        "position": found.position,
        "total": found.total,
        "more_than_total": found.more,
        "facets": found.facets | free,
        "order": DEFINITION[order_of(wanted)],
    }
    return Answer(document)


def instrument(visit: Visit, query: ById) -> Answer:
    """One instrument with its fee standard and opening hours, in force today and all versions, and what is published.

    The six items of JS 15, the channels with the last look at each, utilisation beside open and rated hours (CQ 14.c).
    """
    row = visible(visit, query.id)
    today = visit.today
    in_force = {
        "tariff": catalogue.in_force(row["tariffs"], today),
        "opening": catalogue.in_force(row["openings"], today),
    }
    document = {**_shown(visit, row), "in_force": in_force, "publication": published(visit, row)}
    return one(document, position_of(visit.cursor, catalogue.MODEL.name))


def calendar(visit: Visit, query: Between) -> Answer:
    """What is taken, when, and the opening hours. Who has it is shown to those concerned alone."""
    row = visible(visit, query.id)
    mine = visit.actor is not None and visit.scope is not Scope.PUBLIC
    span = query.span(visit.platform.clock())
    found = calendars.calendar(
        visit.cursor,
        query.id,
        span.start,
        span.end,
        user=visit.actor.user if mine and visit.actor else None,
        customer=None,
        whole=visit.scope is Scope.ALL or is_own(visit, row),
    )
    return Answer(
        {
            "instrument": query.id,
            "from": span.start,
            "to": span.end,
            "state": row["state"],
            "bookable": row["bookable"],
            "opening": catalogue.in_force(row["openings"], local_date(span.start)),
            "openings": row["openings"],
            "occupied": found.occupied,
            "position": found.position,
        },
        row["version"],
    )


def visible(visit: Visit, instrument_id: UUID) -> Row:
    """The instrument, as far as the reader may know of it. Raises `NotFound`."""
    row = catalogue.instrument(visit.cursor, instrument_id)
    if row is None or not (catalogue.is_public(row) or visit.scope is Scope.ALL or is_own(visit, row)):
        raise NotFound(kind="resources.Resource", id=str(instrument_id))
    return row


def is_own(visit: Visit, row: Row) -> bool:
    """Whether the instrument is the reader's, as far as their scope goes."""
    if visit.actor is None:
        return False
    match visit.scope:
        case Scope.OWN_UNIT:
            return bool(visit.actor.unit == row["unit"])
        case Scope.OWN_ORGANISATION:
            return bool(visit.actor.organisation == row["legal_person"])
        case Scope.OPERATED:
            return operates(row, visit.actor, visit.today)
        case _:
            return False


def operates(row: Row, actor: Actor, day: date) -> bool:
    """Whether the actor's legal person is authorised to operate the instrument on a day, both ends included."""
    return any(
        each["operator"] == str(actor.organisation) and each["valid_from"] <= day.isoformat() <= each["valid_until"]
        for each in row["operators"]
    )


def _shown(visit: Visit, row: Row) -> Row:
    """Costs, value, funding and operators are for the unit and those who supervise it."""
    if visit.scope is Scope.ALL or is_own(visit, row):
        return row
    return {name: value for name, value in row.items() if name not in FOR_THE_UNIT}


READS = (
    Read("/instruments", "instruments", Searched, instruments, "Search the catalogue of instruments"),
    Read("/instruments/{id}", "instruments", ById, instrument, "One instrument"),
    Read("/instruments/{id}/calendar", "calendar", Between, calendar, "When an instrument is taken"),
)
