# SPDX-License-Identifier: Apache-2.0
"""Sites and coverage, brokers, demands with recommendations, products, qualifications, payments to operators."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, among, listed, one, require_known, several
from api.http.visibility import Scope
from application.errors import NotFound
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.network.broker import registration_of
from domain.network.demand import DemandState
from domain.network.values import PaymentKind
from projections import brokers as broker_list
from projections import demands as demand_list
from projections import operator_payments as payment_list
from projections import products as product_list
from projections import qualifications as qualification_list
from projections import recommendations as recommending
from projections import sites as site_list
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

DEMAND_FILTERS = {Scope.OWN_SIDE: "customer", Scope.OWN_PERSON: "user"}
DEMAND_OWNERS = {Scope.OWN_SIDE: ("customer", "user_id")}
PAYMENT_FILTERS = {Scope.OWN_ORGANISATION: "operator"}
PAYMENT_OWNERS = {Scope.OWN_ORGANISATION: ("operator",)}


class WantedSites(Listed):
    """Which sites."""

    kind: str | None = Field(default=None, max_length=60, examples=["regional_site"])
    city: str | None = Field(default=None, max_length=60)
    district: str | None = Field(default=None, max_length=60)
    open_on: date | None = Field(default=None, description="Only those that serve on this day", examples=["2026-03-02"])


class Covered(Query):
    """Coverage on a day, today by default."""

    on: date | None = Field(default=None, examples=["2026-03-02"])
    uncovered: bool = Field(default=False, description="Only districts without a site or carrier")


class WantedBrokers(Listed):
    """Which brokers."""

    kind: str | None = Field(default=None, max_length=60, examples=["technology_manager"])
    user: UUID | None = None
    registered_on: date | None = Field(default=None, examples=["2026-03-02"])


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


class WantedProducts(Listed):
    """Which products."""

    unit: UUID | None = None
    provider: UUID | None = None
    instrument: UUID | None = Field(default=None, description="Only those built on this resource")
    value_added: bool | None = None


class WantedQualifications(Listed):
    """Which qualifications; those that hold on `as_of`, today by default."""

    unit: UUID | None = None
    legal_person: UUID | None = None
    instrument: UUID | None = None
    kind: str | None = Field(default=None, max_length=64, examples=["CMA"])
    as_of: date | None = Field(default=None, examples=["2026-03-02"])


class WantedPayments(Listed):
    """Which payments."""

    operator: UUID | None = None
    instrument: UUID | None = None
    kind: PaymentKind | None = None


class WantedTotals(Query):
    """Whose totals."""

    operator: UUID | None = None


def sites(visit: Visit, query: WantedSites) -> Answer:
    """Regional sites and offline carriers by city."""
    known = (edition.value("site.kinds") for edition in visit.jurisdiction.regime.editions)
    require_known("kind", query.kind, (kind for kinds in known for kind in kinds))
    page = site_list.sites(
        visit.cursor,
        kind=query.kind,
        city=query.city,
        district=query.district,
        open_on=query.open_on,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(dataclasses.replace(page, rows=[_site(visit, row) for row in page.rows]))


def site(visit: Visit, query: ById) -> Answer:
    """One site."""
    row = _found(site_list.site(visit.cursor, query.id), "network.Site", query.id)
    return one(_site(visit, row), position_of(visit.cursor, site_list.MODEL.name))


def coverage(visit: Visit, query: Covered) -> Answer:
    """Districts with the carriers that serve in them, and how many have none (CQ 10)."""
    day = query.on or _today(visit)
    rows, position = site_list.coverage(visit.cursor, day)
    without = [row for row in rows if not row["covered"]]
    return Answer(
        {
            "items": without if query.uncovered else rows,
            "on": day,
            "districts": len(rows),
            "uncovered": len(without),
            "definition": site_list.DEFINITION,
            "position": position,
        }
    )


def brokers(visit: Visit, query: WantedBrokers) -> Answer:
    """Registered brokers as pseudonyms."""
    found = broker_list.brokers(
        visit.cursor,
        kind=query.kind,
        user=query.user,
        registered_on=query.registered_on,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(dataclasses.replace(found, rows=[_broker(visit, row) for row in found.rows]))


def broker(visit: Visit, query: ById) -> Answer:
    """One registration."""
    row = _found(broker_list.broker(visit.cursor, query.id), "network.Broker", query.id)
    return one(_broker(visit, row), position_of(visit.cursor, broker_list.MODEL.name))


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


def products(visit: Visit, query: WantedProducts) -> Answer:
    """Service products by name; a unit that asks for its own sees those hidden or withdrawn too."""
    page = product_list.products(
        visit.cursor,
        unit=query.unit,
        provider=query.provider,
        resource=query.instrument,
        value_added=query.value_added,
        public_on=None if _sees(visit, query.unit, query.provider) else _today(visit),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def product(visit: Visit, query: ById) -> Answer:
    """One product with the resources it is built on."""
    row = product_list.product(visit.cursor, query.id)
    if row is not None and not _sees(visit, row["unit"], row["provider"]):
        row = product_list.product(visit.cursor, query.id, public_on=_today(visit))
    return one(_found(row, "network.ServiceProduct", query.id), position_of(visit.cursor, product_list.MODEL.name))


def qualifications(visit: Visit, query: WantedQualifications) -> Answer:
    """Qualifications that hold on a day; a unit that asks for its own without a day sees all of them (JS 19.b)."""
    everything = query.as_of is None and _sees(visit, query.unit, query.legal_person)
    page = qualification_list.qualifications(
        visit.cursor,
        unit=query.unit,
        legal_person=query.legal_person,
        resource=query.instrument,
        kind=query.kind,
        valid_on=None if everything else query.as_of or _today(visit),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def qualification(visit: Visit, query: ById) -> Answer:
    """One qualification; an expired one is shown to its unit and the centre alone."""
    row = _found(qualification_list.qualification(visit.cursor, query.id), "network.Qualification", query.id)
    if not (_sees(visit, row["unit"], row["legal_person"]) or qualification_list.holds_on(row, _today(visit))):
        raise NotFound(kind="network.Qualification", id=str(query.id))
    return one(row, position_of(visit.cursor, qualification_list.MODEL.name))


def operator_payments(visit: Visit, query: WantedPayments) -> Answer:
    """Payments to operators, the latest first (CQ 15.a)."""
    page = payment_list.payments(
        visit.cursor,
        **visit.narrowed({"operator": query.operator}, PAYMENT_FILTERS),
        resource=query.instrument,
        kind=query.kind,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def operator_payment(visit: Visit, query: ById) -> Answer:
    """One payment."""
    found = payment_list.payment(visit.cursor, query.id)
    row = visit.owned(found, PAYMENT_OWNERS, "network.OperatorPayment", query.id)
    return one(row, position_of(visit.cursor, payment_list.MODEL.name))


def operator_totals(visit: Visit, query: WantedTotals) -> Answer:
    """What each operator was paid, by kind, without what was annulled."""
    own = visit.narrowed({"operator": query.operator}, PAYMENT_FILTERS)
    rows, position = payment_list.totals(visit.cursor, **own)
    total = sum(row.amount_fen for row in rows)
    return Answer({"items": [dataclasses.asdict(row) for row in rows], "total_fen": total, "position": position})


def _found(row: Row | None, kind: str, id_: UUID) -> Row:
    if row is None:
        raise NotFound(kind=kind, id=str(id_))
    return row


def _today(visit: Visit) -> date:
    return local_date(visit.platform.clock())


def _sees(visit: Visit, unit: UUID | None, organisation: UUID | None) -> bool:
    """Whether the reader sees also what the public does not see of a unit, or of a legal person."""
    if visit.scope is Scope.ALL:
        return True
    own = visit.own_ids()
    return (unit if visit.scope is Scope.OWN_UNIT else organisation) in own


def _site(visit: Visit, row: Row) -> Row:
    """Who works for a site is for those who keep the network."""
    return row if visit.scope is Scope.ALL else {name: value for name, value in row.items() if name != "staff"}


def _broker(visit: Visit, row: Row) -> Row:
    """A certificate's number leads to a name, and why a registration ended concerns the person: for the centre."""
    own = visit.actor is not None and visit.actor.user == row["user_id"]
    hidden = () if visit.scope is Scope.ALL or own else ("certificate", "ended_reason")
    return {name: value for name, value in row.items() if name not in hidden}


def _demand(visit: Visit, demand_id: UUID) -> Row:
    row = visit.owned(demand_list.demand(visit.cursor, demand_id), DEMAND_OWNERS, "network.Demand", demand_id)
    if not _may_match(visit) and (visit.actor is None or row["user_id"] != visit.actor.user):
        raise NotFound(kind="network.Demand", id=str(demand_id))
    return row


def _may_match(visit: Visit) -> bool:
    """False for a broker who is neither registered for today nor works for a site: they see their own demands alone."""
    if visit.actor is None or visit.actor.role is not Role.BROKER:
        return True
    user, today = visit.actor.user, _today(visit)
    row = broker_list.broker(visit.cursor, registration_of(user))
    registered = row is not None and broker_list.registered_on(row, today)
    return registered or site_list.serves(visit.cursor, user, today)


READS = (
    Read("/sites", "sites", WantedSites, sites, "Regional sites and offline carriers"),
    Read("/sites/coverage", "sites", Covered, coverage, "Districts with and without a site"),
    Read("/sites/{id}", "sites", ById, site, "One site"),
    Read("/brokers", "brokers", WantedBrokers, brokers, "Registered brokers"),
    Read("/brokers/{id}", "brokers", ById, broker, "One broker"),
    Read("/demands", "demands", WantedDemands, demands, "Demands"),
    Read("/demands/{id}", "demands", ById, demand, "One demand with its matches"),
    Read(
        "/demands/{id}/recommendations",
        "demands",
        WantedRecommendations,
        recommendations,
        "Resources that may serve a demand, with the reasons",
    ),
    Read("/products", "products", WantedProducts, products, "Service products"),
    Read("/products/{id}", "products", ById, product, "One service product"),
    Read("/qualifications", "qualifications", WantedQualifications, qualifications, "Service qualifications"),
    Read("/qualifications/{id}", "qualifications", ById, qualification, "One qualification"),
    Read("/operator-payments", "operator_payments", WantedPayments, operator_payments, "Payments to operators"),
    Read("/operator-payments/totals", "operator_payments", WantedTotals, operator_totals, "What operators were paid"),
    Read("/operator-payments/{id}", "operator_payments", ById, operator_payment, "One payment"),
)
