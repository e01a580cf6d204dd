# SPDX-License-Identifier: Apache-2.0
"""When an instrument is free in a month, and its closed time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from api.http.reading.instruments import visible
from api.http.reading.line import Answer, ById, Read, found
from api.http.reading.moments import Month
from api.http.rendering import localised
from api.http.visibility import Scope
from domain.kernel.time import month_span
from domain.resources.free_slots import instant_of
from projections import parties
from projections.availability import available
from projections.closures import MODEL, announced
from projections.opened import openings_of
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


class InMonth(ById):
    """One instrument in a month, by default the running one."""

    month: Month | None = Field(
        default=None, description="A month such as 2026-03; the running one where it is not named"
    )


def availability(visit: Visit, query: InMonth) -> Answer:
    """The open time of the month as spans: each is `free`, `mine`, `taken`, `maintenance`, `blocked` or `closed`.

    Time outside the opening hours is not told. `free_lanes` is how many may still be reserved at once. Whose a taken
    time is is told to nobody here.
    """
    row, month = visible(visit, query.id), query.month or visit.today
    span = month_span(month.year, month.month)
    known = visit.actor is not None and visit.scope is not Scope.PUBLIC
    openings = openings_of(
        [each | {"effective_from": date.fromisoformat(each["effective_from"])} for each in row["openings"]]
    )
    pieces, position = available(
        visit.cursor,
        query.id,
        row["unit"],
        openings,
        span.start,
        span.end,
        user=visit.actor.user if known and visit.actor else None,
    )
    items = [
        {
            "state": each.state,
            "from": instant_of(each.start),
            "to": instant_of(each.end),
            "free_lanes": each.free_lanes,
        }
        for each in pieces
    ]
    document = {"instrument": query.id, "month": f"{month:%Y-%m}", "state": row["state"], "items": items}
    return Answer({**document, "position": position}, row["version"])


def closures_of_instrument(visit: Visit, query: ById) -> Answer:
    """Closed time of an instrument that is not over, its own and that of its unit, each with its reason."""
    row, now = visible(visit, query.id), visit.platform.clock()
    items = [*announced(visit.cursor, query.id, now), *announced(visit.cursor, row["unit"], now)]
    return Answer({"items": localised(items), "position": position_of(visit.cursor, MODEL.name)}, row["version"])


def closures_of_unit(visit: Visit, query: ById) -> Answer:
    """Closed time of a whole unit that is not over, each with its reason."""
    row = found(parties.unit(visit.cursor, query.id), "parties.Unit", query.id)
    items = announced(visit.cursor, query.id, visit.platform.clock())
    return Answer({"items": localised(items), "position": position_of(visit.cursor, MODEL.name)}, row["version"])


READS = (
    Read("/instruments/{id}/availability", "calendar", InMonth, availability, "When an instrument is free in a month"),
    Read("/instruments/{id}/closures", "house_rules", ById, closures_of_instrument, "When an instrument is closed"),
    Read("/units/{id}/closures", "house_rules", ById, closures_of_unit, "When a unit is closed"),
)
