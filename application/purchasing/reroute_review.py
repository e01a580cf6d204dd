# SPDX-License-Identifier: Apache-2.0
"""Route a review to another reviewer."""

from typing import ClassVar, Literal
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.purchasing.permits import edition_of
from application.purchasing.route_review import ReviewerRole
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.purchasing import routing
from domain.purchasing.review import PURCHASE_REVIEW


class RerouteReview(Command):
    """Take a review from its reviewer, for a conflict of interest or another reason, and give it to another.

    The other begins anew, with a duplicate check of its own where one is demanded.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "reviewer_role": "third_party_institution",
                "reviewer": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c22",
                "ground": "conflict_of_interest",
                "reason": "评议人员参与过该项目论证",
            }
        }
    )

    review: UUID
    reviewer_role: ReviewerRole
    reviewer: UUID
    ground: Literal["conflict_of_interest", "reviewer_change"]
    reason: Words


def reroute_review(command: RerouteReview, work: Work) -> Result:
    """Raises `NotFound`, and what `routing.reroute` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    work.load(LEGAL_PERSON, command.reviewer)
    events = routing.reroute(
        found.state,
        role=work.actor.role,
        reviewer_role=command.reviewer_role,
        reviewer=command.reviewer,
        ground=command.ground,
        reason=command.reason,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
