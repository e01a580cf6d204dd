# SPDX-License-Identifier: Apache-2.0
"""Demands, and what is recommended for them with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, listed, one, several
from api.http.visibility import Scope
from application.errors import NotFound
from domain.kernel.actor import Role
from domain.network.broker import registration_of
from domain.network.demand import DemandState
from projections import brokers as broker_list
from projections import demands as demand_list
from projections import recommendations as recommending
from projections import sites as site_list
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

DEMAND_FILTERS = {Scope.OWN_SIDE: "customer", Scope.OWN_PERSON: "user"}
DEMAND_OWNERS = {Scope.OWN_SIDE: ("customer", "user_id")}


class WantedDemands(Listed):
    """Which demands."""

    customer: UUID | None = None
    user: UUID | None = None
    city: str | None = Field(default=None, max_length=60)
    state: Annotated[str | None, AfterValidator(among(*get_args(DemandState)))] = Field(
        default=None,
        max_length=200,
        description="One or several, separated by commas",
        examples=["open,matched"],
    )


class WantedRecommendations(ById):
    """How many recommendations."""

    limit: int = Field(default=10, ge=1, le=50)


def demands(visit: Visit, query: WantedDemands) -> Answer:
    """Demands, the latest first: one's own, or all for those who may match them today."""
    own = visit.narrowed({"customer": query.customer, "user": query.user}, DEMAND_FILTERS)
    if not _may_match(visit):
        own |= {"user": visit.actor.user if visit.actor else None}
    page = demand_list.demands(
        visit.cursor,
        **own,
        states=several(query.state),
        city=query.city,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def demand(visit: Visit, query: ById) -> Answer:
    """One demand with the resources matched to it."""
    return one(_demand(visit, query.id), position_of(visit.cursor, demand_list.MODEL.name))


def recommendations(visit: Visit, query: WantedRecommendations) -> Answer:
    """Resources that may serve the demand, the best first, each with its reasons (JS 17.b, CQ 13)."""
    row = _demand(visit, query.id)
    found, position = recommending.recommendations(visit.cursor, row, visit.platform.clock(), query.limit)
    shown = ("name_zh", "name_en", "model", "class_code", "unit", "unit_name_zh", "unit_name_en", "city", "district")
    items = [
        {
            "resource": each.row["id"],
            **{name: each.row[name] for name in shown},
            "points": each.fit.points,
            "of": each.fit.of,
            "reasons": [reason.model_dump(mode="json") for reason in each.fit.reasons],
        }
        for each in found
    ]
    return Answer({"items": items, "definition": recommending.DEFINITION, "position": position})


def _demand(visit: Visit, demand_id: UUID) -> Row:
    row = visit.owned(demand_list.demand(visit.cursor, demand_id), DEMAND_OWNERS, "network.Demand", demand_id)
    if not _may_match(visit) and (visit.actor is None or row["user_id"] != visit.actor.user):
        raise NotFound(kind="network.Demand", id=str(demand_id))
    return row


def _may_match(visit: Visit) -> bool:
    """False for a broker who is neither registered for today nor works for a site: they see their own demands alone."""
    if visit.actor is None or visit.actor.role is not Role.BROKER:
        return True
    user, today = visit.actor.user, visit.today
    row = broker_list.broker(visit.cursor, registration_of(user))
    registered = row is not None and broker_list.registered_on(row, today)
    return registered or site_list.serves(visit.cursor, user, today)


READS = (
    Read("/demands", "demands", WantedDemands, demands, "Demands"),
    Read("/demands/{id}", "demands", ById, demand, "One demand with its matches"),
    Read(
        "/demands/{id}/recommendations",
        "demands",
        WantedRecommendations,
        recommendations,
        "Resources that may serve a demand, with the reasons",
    ),
)
