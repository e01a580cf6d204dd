# SPDX-License-Identifier: Apache-2.0
"""Certificates of submission (JS 11.c): anybody who holds a number may verify it, and compare the printed page.

Both are public. What they show stands on the paper in the reader's hand already, and a paper that can be compared with
the original is worth more than one that cannot. A resource that may not be shared is answered like one that does not
exist, also on the certificate it once had: today's access rule holds for yesterday's data (ruling 8.23).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from pydantic import Field

from api.http.reading.line import Answer, Query, Read
from api.http.visibility import Scope
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from uuid import UUID

    from api.http.reading.line import Visit


class ByNumber(Query):
    """One certificate."""

    number: str = Field(min_length=1, max_length=64)


def certificate(visit: Visit, query: ByNumber) -> Answer:
    """Whether a certificate holds, of what, whose, since when, and the digest of what was submitted; nothing more."""
    found = visit.platform.certificates(visit.jurisdiction).shown(query.number, **_reader(visit))
    document = {
        "number": found.number,
        "status": found.status,
        "ground": found.ground,
        "resource_name": found.resource_name,
        "unit_name": found.unit_name,
        "issued_on": local_date(found.issued_at),
        "submission_digest": found.submission_digest,
    }
    return Answer(document)


def certificate_pdf(visit: Visit, query: ByNumber) -> Answer:
    """The certificate as it is printed, on A4. One that no longer holds is not printed any more."""
    office = visit.platform.certificates(visit.jurisdiction)
    found = office.shown(query.number, **_reader(visit))
    return Answer(office.printed(found), media_type="application/pdf", file_name=f"{found.number}.pdf")


class Reader(TypedDict):
    """How much a reader may see."""

    unit: UUID | None
    whole: bool


def _reader(visit: Visit) -> Reader:
    own = visit.actor.unit if visit.actor and visit.scope is Scope.OWN_UNIT else None
    return Reader(unit=own, whole=visit.scope is Scope.ALL)


READS = (
    Read("/certificates/{number}.pdf", "certificates", ByNumber, certificate_pdf, "A certificate of submission as PDF"),
    Read("/certificates/{number}", "certificates", ByNumber, certificate, "Verify a certificate of submission"),
)
