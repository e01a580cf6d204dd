# SPDX-License-Identifier: Apache-2.0
"""Who takes part: legal persons, their units, and users as pseudonyms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, ById, Listed, Read, listed, one
from api.http.visibility import Scope
from application.errors import NotFound
from domain.parties.events import LegalPersonKind
from projections import parties
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit


class WantedLegalPersons(Listed):
    """Which legal persons."""

    city: str | None = Field(default=None, max_length=60)
    kind: LegalPersonKind | None = None


class WantedUnits(Listed):
    """Which units."""

    legal_person: UUID | None = None
    city: str | None = Field(default=None, max_length=60)


def legal_persons(visit: Visit, query: WantedLegalPersons) -> Answer:
    """Legal persons by credit code."""
    return listed(
        parties.legal_persons(visit.cursor, city=query.city, kind=query.kind, after=query.cursor, limit=query.limit)
    )


def legal_person(visit: Visit, query: ById) -> Answer:
    """One legal person, without what is personal."""
    row = parties.legal_person(visit.cursor, query.id)
    if row is None:
        raise NotFound(kind="parties.LegalPerson", id=str(query.id))
    return one(row, position_of(visit.cursor, parties.MODEL.name))


def units(visit: Visit, query: WantedUnits) -> Answer:
    """Managing units by code."""
    found = parties.units(
        visit.cursor, legal_person=query.legal_person, city=query.city, after=query.cursor, limit=query.limit
    )
    return listed(found)


def unit(visit: Visit, query: ById) -> Answer:
    """One managing unit with its sharing rules."""
    row = parties.unit(visit.cursor, query.id)
    if row is None:
        raise NotFound(kind="parties.Unit", id=str(query.id))
    return one(row, position_of(visit.cursor, parties.MODEL.name))


def user(visit: Visit, query: ById) -> Answer:
    """One user, as a pseudonym with affiliation and qualifications; names stand in the log alone."""
    owners = {Scope.OWN_PERSON: ("id",), Scope.OWN_UNIT: ("unit",)}
    row = visit.owned(parties.user(visit.cursor, query.id), owners, "parties.User", query.id)
    return one(row, position_of(visit.cursor, parties.MODEL.name))


READS = (
    Read("/legal-persons", "legal_persons", WantedLegalPersons, legal_persons, "Legal persons"),
    Read("/legal-persons/{id}", "legal_persons", ById, legal_person, "One legal person"),
    Read("/units", "units", WantedUnits, units, "Managing units"),
    Read("/units/{id}", "units", ById, unit, "One managing unit"),
    Read("/users/{id}", "users", ById, user, "One user"),
)
