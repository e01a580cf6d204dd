# SPDX-License-Identifier: Apache-2.0
"""Places on waiting lists: one's own, those for the instruments of one's unit, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, listed, several
from api.http.visibility import Scope
from application.errors import NotFound
from domain.reservations.waiting import WaitingState
from projections import waiting as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

FILTERS = {Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit"}
OWNERS = {Scope.OWN_PERSON: ("user_id", "requested_by"), Scope.OWN_UNIT: ("unit",)}


class WantedPlaces(Listed):
    """Which places."""

    instrument: UUID | None = None
    user: UUID | None = None
    unit: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(WaitingState)))] = Field(
        default=None, max_length=60, description="One or several, separated by commas", examples=["queued"]
    )


def waiting_list(visit: Visit, query: WantedPlaces) -> Answer:
    """Places in the order of joining, one for each instrument waited for; `place` 1 is next."""
    page = register.waiting_list(
        visit.cursor,
        **visit.narrowed({"user": query.user, "unit": query.unit}, FILTERS),
        resource=query.instrument,
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def entry(visit: Visit, query: ById) -> Answer:
    """One entry with its place in the queue of each instrument; a unit sees those of its own instruments."""
    rows = register.entry(visit.cursor, query.id)
    mine = [row for row in rows if visit.scope is Scope.ALL or _owns(visit, row)]
    if not mine:
        raise NotFound(kind="reservations.Waiting", id=str(query.id))
    position = position_of(visit.cursor, register.MODEL.name)
    return Answer({"id": query.id, "items": mine, "position": position}, mine[0]["version"])


def _owns(visit: Visit, row: dict[str, object]) -> bool:
    return any(row[column] in visit.own_ids() for column in OWNERS.get(visit.scope, ()))


READS = (
    Read("/waiting-list", "waiting_list", WantedPlaces, waiting_list, "Places on waiting lists"),
    Read("/waiting-list/{id}", "waiting_list", ById, entry, "One place on a waiting list"),
)
