# SPDX-License-Identifier: Apache-2.0
"""Service products and qualifications, as far as each reader sees them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Read, found, listed, one
from api.http.visibility import Scope
from application.errors import NotFound
from projections import products as product_list
from projections import qualifications as qualification_list
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


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


def products(visit: Visit, query: WantedProducts) -> Answer:
    """Service products by name; a unit that asks for its own sees those hidden or withdrawn too."""
    page = product_list.products(
        visit.cursor,
        unit=query.unit,
        provider=query.provider,
        resource=query.instrument,
        value_added=query.value_added,
        public_on=None if _sees(visit, query.unit, query.provider) else visit.today,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def product(visit: Visit, query: ById) -> Answer:
    """One product with the resources it is built on."""
    row = product_list.product(visit.cursor, query.id)
    if row is not None and not _sees(visit, row["unit"], row["provider"]):
        row = product_list.product(visit.cursor, query.id, public_on=visit.today)
    return one(found(row, "network.ServiceProduct", query.id), position_of(visit.cursor, product_list.MODEL.name))


def qualifications(visit: Visit, query: WantedQualifications) -> Answer:
    """Qualifications that hold on a day; a unit that asks for its own without a day sees all of them (JS 19.b)."""
    everything = query.as_of is None and _sees(visit, query.unit, query.legal_person)
    page = qualification_list.qualifications(
        visit.cursor,
        unit=query.unit,
        legal_person=query.legal_person,
        resource=query.instrument,
        kind=query.kind,
        valid_on=None if everything else query.as_of or visit.today,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def qualification(visit: Visit, query: ById) -> Answer:
    """One qualification; an expired one is shown to its unit and the centre alone."""
    row = found(qualification_list.qualification(visit.cursor, query.id), "network.Qualification", query.id)
    if not (_sees(visit, row["unit"], row["legal_person"]) or qualification_list.holds_on(row, visit.today)):
        raise NotFound(kind="network.Qualification", id=str(query.id))
    return one(row, position_of(visit.cursor, qualification_list.MODEL.name))


def _sees(visit: Visit, unit: UUID | None, organisation: UUID | None) -> bool:
    """Whether the reader sees also what the public does not see of a unit, or of a legal person."""
    if visit.scope is Scope.ALL:
        return True
    own = visit.own_ids()
    return (unit if visit.scope is Scope.OWN_UNIT else organisation) in own


READS = (
    Read("/products", "products", WantedProducts, products, "Service products"),
    Read("/products/{id}", "products", ById, product, "One service product"),
    Read("/qualifications", "qualifications", WantedQualifications, qualifications, "Service qualifications"),
    Read("/qualifications/{id}", "qualifications", ById, qualification, "One qualification"),
)
