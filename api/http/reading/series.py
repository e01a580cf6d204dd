# SPDX-License-Identifier: Apache-2.0
"""Series of bookings: one's own, those of one's unit, or all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.http.reading.line import Answer, ById, Listed, Read, listed, one
from api.http.rendering import localised
from api.http.visibility import Scope
from projections import series as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "provider"}
OWNERS = {
    Scope.OWN_PERSON: ("user_id", "requested_by"),
    Scope.OWN_UNIT: ("unit",),
    Scope.OWN_ORGANISATION: ("provider",),
}


def all_series(visit: Visit, query: Listed) -> Answer:
    """Series by their first time, the latest first."""
    owned = visit.narrowed({}, FILTERS)
    page = register.all_series(visit.cursor, **owned, after=query.cursor, limit=query.limit)
    return listed(replace(page, rows=localised(page.rows)))


def series(visit: Visit, query: ById) -> Answer:
    """One series: what was booked, left out and why, and each reservation of it as it stands now."""
    row = visit.owned(register.series(visit.cursor, query.id), OWNERS, "reservations.Series", query.id)
    return one(localised(row), position_of(visit.cursor, register.MODEL.name))


READS = (
    Read("/series", "series", Listed, all_series, "Series of bookings"),
    Read("/series/{id}", "series", ById, series, "One series of bookings"),
)
