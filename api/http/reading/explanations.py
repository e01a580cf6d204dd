# SPDX-License-Identifier: Apache-2.0
"""A reservation explained long after, from the log alone: for its parties and for those who check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.explaining import told
from api.http.reading.line import Answer, ById, Read
from api.http.reading.standing_in import acting_for
from api.http.visibility import Scope
from application.reservations.explaining import explained

if TYPE_CHECKING:
    from api.http.reading.line import Visit

OWNERS = {
    Scope.OWN_PERSON: ("user", "requested_by"),
    Scope.OWN_UNIT: ("unit",),
    Scope.OWN_ORGANISATION: ("provider",),
}


def explanation(visit: Visit, query: ById) -> Answer:
    """Who asked, every rule judged by the version then in force, the quote worked out again, and what came of it.

    Told from the log alone: what is published later changes nothing. `agrees` is false, and the line says so, where
    a price or a charge does not follow from the log to the fen.
    """
    found = explained(visit.jurisdiction.log, visit.jurisdiction.claims, query.id)
    state = found.state
    proxy = acting_for(visit, state.user)
    if proxy is None or not proxy.covers(state.unit, state.resource):
        names = {name for each in OWNERS.values() for name in each}
        visit.owned({name: getattr(state, name) for name in names}, OWNERS, "reservations.Reservation", query.id)
    return Answer(told.document(found, visit.platform.words, visit.language))


READS = (Read("/reservations/{id}/explanation", "explanations", ById, explanation, "Why a reservation is as it is"),)
