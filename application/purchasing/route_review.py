# SPDX-License-Identifier: Apache-2.0
"""Route a review."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.purchasing.permits import edition_of
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.purchasing import routing
from domain.purchasing.review import PURCHASE_REVIEW

ReviewerRole = Literal["managing_unit", "service_centre", "third_party_institution"]


class RouteReview(Command):
    """Give a review to a reviewer that its band allows (JS 12.c, 12.d; CQ 7(c), 8(c)).

    `reviewer` is the legal person that reviews: the unit's own, the centre's, or the mandated third party.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "reviewer_role": "service_centre",
                "reviewer": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c22",
            }
        }
    )

    review: UUID
    reviewer_role: ReviewerRole
    reviewer: UUID


def route_review(command: RouteReview, work: Work) -> Result:
    """Raises `NotFound`, and what `routing.route` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    work.load(LEGAL_PERSON, command.reviewer)
    events = routing.route(
        found.state,
        role=work.actor.role,
        reviewer_role=command.reviewer_role,
        reviewer=command.reviewer,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"band": found.state.band})
