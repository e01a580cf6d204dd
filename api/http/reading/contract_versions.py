# SPDX-License-Identifier: Apache-2.0
"""The versions of a contract, two of them side by side, the contract on paper, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import Field

from api.http.reading.contracts import OWNERS
from api.http.reading.line import Answer, ById, Listed, Query, Read, listed
from api.http.reading.protected import for_parties, note_access
from api.http.reading.reservations import OWNERS as PARTIES_OF_USE
from application.errors import NoSuchVersion
from domain.contracts.comparing import compare_clauses, compare_terms
from domain.contracts.contract import CONTRACT
from domain.contracts.document import unseal
from domain.contracts.versions import Version, versions_in
from domain.reservations.reservation import RESERVATION
from projections import contract_register as register
from projections import protected_accesses, reservations

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from domain.kernel.event import Recorded
    from projections.readmodel import Row


class Two(Query):
    """Two versions of a contract."""

    id: UUID
    a: str = Field(max_length=40, description="The number of the first version")
    b: str = Field(max_length=40, description="The number of the second version")


class OfOne(Listed):
    """A page of what belongs to one thing."""

    id: UUID


@dataclass(frozen=True)
class Shown:
    """A contract that may be shown, with its history."""

    row: Row
    history: list[Recorded]


def versions(visit: Visit, query: ById) -> Answer:
    """Every version in order: who made it when and why, its digest, what became of it and who signed it."""
    shown = _shown(visit, query.id)
    note_access(visit, query.id, "versions")
    items = [_line(version) for version in _versions(shown)]
    return Answer({"items": items, "position": shown.history[-1].position}, shown.history[-1].version)


def comparison(visit: Visit, query: Two) -> Answer:
    """What differs between two versions, clause by clause and term by term, texts by words.

    Raises `NoSuchVersion` for a version that there is not.
    """
    shown = _shown(visit, query.id)
    known = {str(version.document_version): version for version in _versions(shown)}
    for wanted in (query.a, query.b):
        if wanted not in known:
            raise NoSuchVersion(contract=str(query.id), wanted=wanted, there=", ".join(known))
    note_access(visit, query.id, "comparison")
    one, other = known[query.a], known[query.b]
    before, after = unseal(one.clauses), unseal(other.clauses)
    readable = before is not None and after is not None
    document = {
        "a": _line(one),
        "b": _line(other),
        "terms": compare_terms(one.terms, other.terms),
        "clauses": compare_clauses(before, after) if before is not None and after is not None else None,
        "readable": readable,
        "position": shown.history[-1].position,
    }
    return Answer(document)


def pdf(visit: Visit, query: ById) -> Answer:
    """The version in force, or the draft, on paper; each time it is taken out is written down."""
    shown = _shown(visit, query.id)
    note_access(visit, query.id, "pdf", unit=shown.row["unit"], always=True)
    page = visit.platform.contracts(visit.jurisdiction).printed(query.id)
    return Answer(page, media_type="application/pdf", file_name=f"{shown.row['number']}.pdf")


def accesses(visit: Visit, query: OfOne) -> Answer:
    """Who was shown protected data of the contract, when and in which capacity, the latest first."""
    _shown(visit, query.id)
    page = protected_accesses.accesses(visit.cursor, query.id, after=query.cursor, limit=query.limit)
    return listed(page)


def accesses_to_use(visit: Visit, query: OfOne) -> Answer:
    """The same of a reservation and the record of its use."""
    found = reservations.reservation(visit.cursor, query.id)
    for_parties(visit, found, PARTIES_OF_USE, RESERVATION.name, query.id)
    page = protected_accesses.accesses(visit.cursor, query.id, after=query.cursor, limit=query.limit)
    return listed(page)


def _shown(visit: Visit, contract_id: UUID) -> Shown:
    row = for_parties(visit, register.contract(visit.cursor, contract_id), OWNERS, CONTRACT.name, contract_id)
    return Shown(row, visit.jurisdiction.log.stream(contract_id))


def _versions(shown: Shown) -> list[Version]:
    return versions_in((item.event, item.meta.occurred_at) for item in shown.history)


def _line(version: Version) -> dict[str, Any]:
    return {
        "document_version": version.document_version,
        "digest": version.digest,
        "standing": version.standing,
        "made_at": version.made_at,
        "by": version.by,
        "reason": version.reason,
        "signed_by": version.signed_by,
    }


READS = (
    Read("/contracts/{id}/versions", "contracts", ById, versions, "The versions of a contract"),
    Read("/contracts/{id}/versions/{a}/compare/{b}", "contracts", Two, comparison, "Two versions side by side"),
    Read("/contracts/{id}.pdf", "contracts", ById, pdf, "A contract as PDF"),
    Read("/contracts/{id}/accesses", "contracts", OfOne, accesses, "Who was shown protected data of a contract"),
    Read("/reservations/{id}/accesses", "reservations", OfOne, accesses_to_use, "Who was shown the record of a use"),
)
