# SPDX-License-Identifier: Apache-2.0
"""Uses entered afterwards: those of one's unit, one's own, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Read, listed, one
from api.http.visibility import Scope
from projections import entered_uses as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit"}
OWNERS = {Scope.OWN_PERSON: ("user_id",), Scope.OWN_UNIT: ("unit",)}


class WantedUses(Listed):
    """Which uses."""

    unit: UUID | None = None
    user: UUID | None = None
    instrument: UUID | None = None
    suspected_duplicates: bool = Field(default=False, description="Only those that say the same as an earlier one")
    overlapping: bool = Field(default=False, description="Only those at the same time as another use")


def uses(visit: Visit, query: WantedUses) -> Answer:
    """Uses entered afterwards, the latest first."""
    page = register.entered_uses(
        visit.cursor,
        **visit.narrowed({"unit": query.unit, "user": query.user}, FILTERS),
        resource=query.instrument,
        duplicates=query.suspected_duplicates,
        overlapping=query.overlapping,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def use(visit: Visit, query: ById) -> Answer:
    """One use that was entered, by the id of its reservation."""
    row = visit.owned(register.entered_use(visit.cursor, query.id), OWNERS, "reservations.DaySheet", query.id)
    return one(row, position_of(visit.cursor, register.MODEL.name))


READS = (
    Read("/uses", "entered_uses", WantedUses, uses, "Uses entered after they took place"),
    Read("/uses/{id}", "entered_uses", ById, use, "One use entered afterwards"),
)
