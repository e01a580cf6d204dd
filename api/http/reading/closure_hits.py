# SPDX-License-Identifier: Apache-2.0
"""Whom maintenance or a closure would hit: looked up before it is announced, or what still stands in it after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from api.http.reading.instruments import Between, operates
from api.http.reading.line import Answer, Read, several
from api.http.visibility import Scope
from application.errors import NotFound
from projections import instruments as catalogue
from projections import parties
from projections.closure_hits import hits, instruments_of

if TYPE_CHECKING:
    from uuid import UUID

    from api.http.reading.line import Visit

MOST = 500
LANES = "lane numbers from 1 on, separated by commas"


def _lanes(text: str | None) -> str | None:
    if any(not each.isdigit() or not 1 <= int(each) <= MOST for each in several(text) or ()):
        raise PydanticCustomError("value_error", LANES)
    return text


class InSpan(Between):
    """A span of an instrument's calendar, and which of its lanes."""

    lanes: Annotated[str | None, AfterValidator(_lanes)] = Field(
        default=None, max_length=200, description=f"All where none is named: {LANES}"
    )


def hit_on_one(visit: Visit, query: InSpan) -> Answer:
    """Reservations of the instrument whose use lies in the span, the earliest first; 500 at most."""
    row = catalogue.instrument(visit.cursor, query.id)
    if row is None or not _may(visit, row["unit"], operated=row):
        raise NotFound(kind="resources.Resource", id=str(query.id))
    return _listed(visit, [query.id], query, [int(each) for each in several(query.lanes) or ()])


def hit_in_unit(visit: Visit, query: Between) -> Answer:
    """Reservations of all instruments of the unit whose use lies in the span, the earliest first; 500 at most."""
    row = parties.unit(visit.cursor, query.id)
    if row is None or not _may(visit, query.id):
        raise NotFound(kind="parties.Unit", id=str(query.id))
    return _listed(visit, instruments_of(visit.cursor, query.id), query, [])


def _listed(visit: Visit, instruments: list[UUID], query: Between, lanes: list[int]) -> Answer:
    span = query.span(visit.platform.clock())
    found, position = hits(visit.cursor, instruments, [span], lanes=lanes, most=MOST + 1)
    document = {"from": span.start, "to": span.end, "items": found[:MOST], "more": len(found) > MOST}
    return Answer({**document, "position": position})


def _may(visit: Visit, unit: UUID, *, operated: dict[str, object] | None = None) -> bool:
    if visit.scope is Scope.OPERATED:
        return operated is not None and visit.actor is not None and operates(operated, visit.actor, visit.today)
    return visit.scope is Scope.ALL or unit in visit.own_ids()


READS = (
    Read("/instruments/{id}/maintenances/hits", "closure_hits", InSpan, hit_on_one, "Whom maintenance would hit"),
    Read("/units/{id}/closures/hits", "closure_hits", Between, hit_in_unit, "Whom a closure of the unit would hit"),
)
