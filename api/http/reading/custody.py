# SPDX-License-Identifier: Apache-2.0
"""Who owns and runs a resource, and which duty-free imports stand where with customs."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Read, listed, one
from api.http.visibility import Scope
from application.errors import NotFound
from projections import custody as register
from projections.instruments import instrument, is_public
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

FILTERS = {Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "legal_person"}


class OnDay(ById):
    """One resource as of a day, today by default."""

    on: date | None = Field(default=None, examples=["2026-03-02"])


class WantedConditions(Listed):
    """Which duty-free imports."""

    unit: UUID | None = None
    lapsing_by: date | None = Field(
        default=None,
        description="Only those without a condition after this day and not released by then",
        examples=["2026-06-30"],
    )
    uncovered_on: date | None = Field(
        default=None, description="Only those without a condition on this day", examples=["2026-03-02"]
    )


def operation(visit: Visit, query: OnDay) -> Answer:
    """Owner, managing unit and operators of a resource on a day (JS 23; CQ 15.b, 15.c)."""
    row, seen = register.custody(visit.cursor, query.id), instrument(visit.cursor, query.id)
    if row is None or seen is None or not (is_public(seen) or _inside(visit, row)):
        raise NotFound(kind="resources.Resource", id=str(query.id))
    day = query.on or visit.today
    shown = {
        "resource": row["id"],
        "on": day,
        "unit": row["unit"],
        "owner": register.owner_on(row, day),
        "operators": register.operators_on(row, day),
    }
    if _inside(visit, row):
        shown |= {"leases": row["leases"], "every_operator": row["operators"]}
    return one(shown, position_of(visit.cursor, register.MODEL.name))


def customs_conditions(visit: Visit, query: WantedConditions) -> Answer:
    """Duty-free imports with conditions, use outside and where supervision stands today (CQ 18).

    A lapse suspends nothing by itself; use is refused on the days it does not cover.
    """
    page = register.under_supervision(
        visit.cursor,
        **visit.narrowed({"unit": query.unit}, FILTERS),
        lapsing_by=query.lapsing_by,
        uncovered_on=query.uncovered_on,
        after=query.cursor,
        limit=query.limit,
    )
    today = visit.today
    return listed(dataclasses.replace(page, rows=[_condition(row, today) for row in page.rows]))


def _condition(row: Row, today: date) -> Row:
    shown = ("id", "unit", "name_zh", "customs", "customs_until", "outside_uses", "released_on")
    return {name: row[name] for name in shown} | {"standing": register.standing_on(row, today)}


def _inside(visit: Visit, row: Row) -> bool:
    return visit.scope is Scope.ALL or row[FILTERS.get(visit.scope, "id")] in visit.own_ids()


READS = (
    Read("/instruments/{id}/operation", "instruments", OnDay, operation, "Who owns and runs a resource"),
    Read(
        "/customs-conditions",
        "customs_conditions",
        WantedConditions,
        customs_conditions,
        "Duty-free imports and where they stand with customs",
    ),
)
