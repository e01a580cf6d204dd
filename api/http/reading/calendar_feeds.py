# SPDX-License-Identifier: Apache-2.0
"""Calendar feeds that were given out: one's own, or all for who looks after them. Never a secret."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from api.http.reading.line import Answer, ById, Listed, Read, listed, one
from api.http.visibility import Scope
from projections import calendar_feeds as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


class Wanted(Listed):
    """Whose feeds."""

    user: UUID | None = None


def calendar_feeds(visit: Visit, query: Wanted) -> Answer:
    """Feeds with what they show and whether they still answer, the latest first."""
    owner = visit.narrowed({"user": query.user}, {Scope.OWN_PERSON: "user"})
    return listed(register.feeds(visit.cursor, **owner, after=query.cursor, limit=query.limit))


def calendar_feed(visit: Visit, query: ById) -> Answer:
    """One feed."""
    row = register.feed(visit.cursor, query.id)
    mine = visit.owned(row, {Scope.OWN_PERSON: ("user_id",)}, "calendars.Feed", query.id)
    return one(mine, position_of(visit.cursor, register.MODEL.name))


READS = (
    Read("/calendar-feeds", "calendar_feeds", Wanted, calendar_feeds, "Calendar feeds"),
    Read("/calendar-feeds/{id}", "calendar_feeds", ById, calendar_feed, "One calendar feed"),
)
