# SPDX-License-Identifier: Apache-2.0
"""Reservations: one's own, those of one's unit, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.duty import during
from api.http.reading.instruments import operates
from api.http.reading.line import Answer, ById, Listed, Read, among, in_order, listed, one, several
from api.http.reading.moments import Moment
from api.http.reading.standing_in import acting_for
from api.http.visibility import Scope
from application.errors import NotFound, NotPermitted
from domain.reservations.reservation import ReservationState
from projections import reservations as register
from projections.instruments import instrument
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

FILTERS = {Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit", Scope.OWN_ORGANISATION: "provider"}
OWNERS = {
    Scope.OWN_PERSON: ("user_id", "requested_by"),
    Scope.OWN_UNIT: ("unit",),
    Scope.OWN_ORGANISATION: ("provider",),
}


class Wanted(Listed):
    """Which reservations."""

    instrument: UUID | None = None
    user: UUID | None = Field(default=None, description="Whose; a proxy names the user here")
    customer: UUID | None = None
    unit: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(ReservationState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    starts_from: Moment | None = None
    starts_before: Annotated[Moment | None, AfterValidator(in_order("starts_from"))] = None
    suspected_duplicates: bool = Field(
        default=False, description="Only imported ones at whose time the same user has another, and entered uses alike"
    )


def reservations(visit: Visit, query: Wanted) -> Answer:
    """Reservations by start, the latest first."""
    asked = {"user": query.user, "customer": query.customer, "unit": query.unit}
    proxy = acting_for(visit, query.user)
    if visit.scope is Scope.OPERATED:
        _require_operated(visit, query.instrument)
    page = register.reservations(
        visit.cursor,
        **(asked if proxy else visit.narrowed(asked, FILTERS)),
        places=(proxy.units, proxy.resources) if proxy and not proxy.everywhere else None,
        resource=query.instrument,
        states=several(query.state),
        starts_from=query.starts_from,
        starts_before=query.starts_before,
        duplicates=query.suspected_duplicates,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def reservation(visit: Visit, query: ById) -> Answer:
    """One reservation with its quote, what became of it, and who is on `duty` at its time."""
    row = register.reservation(visit.cursor, query.id)
    if row is None:
        raise NotFound(kind="reservations.Reservation", id=str(query.id))
    if visit.scope is Scope.OPERATED:
        _require_operated(visit, row["resource"])
        return _shown(visit, row)
    proxy = acting_for(visit, row["user_id"])
    if proxy is None or not proxy.covers(row["unit"], row["resource"]):
        visit.owned(row, OWNERS, "reservations.Reservation", query.id)
    return _shown(visit, row)


def _shown(visit: Visit, row: Row) -> Answer:
    on_duty = during(visit, row["resource"], row["starts_at"], row["ends_at"])
    return one({**row, "duty": on_duty}, position_of(visit.cursor, register.MODEL.name))


def _require_operated(visit: Visit, instrument_id: UUID | None) -> None:
    """An operator names the instrument, and must be authorised for it today (JS-23.1). Raises `NotPermitted`."""
    row = instrument(visit.cursor, instrument_id) if instrument_id else None
    today = visit.today
    if row is None or visit.actor is None or not operates(row, visit.actor, today):
        raise NotPermitted(reason="operator", resource=str(instrument_id))


READS = (
    Read("/reservations", "reservations", Wanted, reservations, "Reservations"),
    Read("/reservations/{id}", "reservations", ById, reservation, "One reservation"),
)
