# SPDX-License-Identifier: Apache-2.0
"""Mandate a third party with a review."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.guards import own_unit
from application.purchasing.permits import edition_of
from application.work import Work
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.purchasing import routing
from domain.purchasing.review import PURCHASE_REVIEW


class MandateReviewer(Command):
    """Mandate a third party: a legal person other than the one that asks (JS 12.c, 12.d; CQ 8, A24)."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "institution": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c22",
                "number": "WT-2026-011",
                "valid_until": "2026-12-31",
            }
        }
    )

    review: UUID
    institution: UUID
    number: Code
    valid_until: date | None = None


def mandate_reviewer(command: MandateReviewer, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, and what `routing.mandate` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    if work.actor.role is Role.MANAGING_UNIT:
        own_unit(work, found.state.unit)
    work.load(LEGAL_PERSON, command.institution)
    events = routing.mandate(
        found.state,
        role=work.actor.role,
        institution=command.institution,
        number=command.number,
        valid_until=command.valid_until,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
