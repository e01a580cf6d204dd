# SPDX-License-Identifier: Apache-2.0
"""Who reviews: mandates of third parties, the organiser's routing, and routing again (JS 12.c, 12.d; CQ 7, 8; A23)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.actor import Role
from domain.kernel.errors import Rules
from domain.purchasing.events import ReviewerMandated, ReviewRerouted, ReviewRouted
from domain.purchasing.rule import REVIEWERS_OF, reviewers_for
from domain.purchasing.state import is_one_of, require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.state import PurchaseReview

UNIT, CENTRE, THIRD = (
    Role.MANAGING_UNIT.value,
    Role.SERVICE_CENTRE.value,
    Role.THIRD_PARTY_INSTITUTION.value,
)


def mandate(
    review: PurchaseReview,
    *,
    role: Role,
    institution: UUID,
    number: str,
    valid_until: date | None,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Mandate a third party with the review.

    The organiser may; the unit where it could review itself 「自行或委托」; the centre where reviews are its own
    business (A24).
    Raises `purchasing.wrong_state`, `purchasing.may_not_mandate`, `purchasing.third_party_not_allowed`,
    `purchasing.reviewer_asks_itself`, `purchasing.mandate_over`.
    """
    require_state(review, "mandate_reviewer", "requested", "routed", "duplicate_checked", "under_review")
    allowed = reviewers_for(review.band, edition)
    givers = (edition.value("review.organiser"), *_own_reviewers(review, allowed))
    cited = edition.citation(REVIEWERS_OF[review.band])
    rules = Rules()
    rules.require(
        is_one_of(role, givers), "purchasing.may_not_mandate", citation=cited, role=role.value, may=", ".join(givers)
    )
    rules.require(THIRD in allowed, "purchasing.third_party_not_allowed", citation=cited)
    rules.require(
        institution != review.legal_person, "purchasing.reviewer_asks_itself", citation=cited, field="institution"
    )
    rules.require(valid_until is None or valid_until >= today, "purchasing.mandate_over", field="valid_until")
    rules.enforce()
    return [
        ReviewerMandated(
            institution=institution,
            number=number,
            mandated_by=role.value,
            mandated_on=today,
            valid_until=valid_until,
            basis=edition.basis(REVIEWERS_OF[review.band]),
        )
    ]


def route(
    review: PurchaseReview, *, role: Role, reviewer_role: str, reviewer: UUID, edition: Edition, today: date
) -> list[Event]:
    """Give the review to a reviewer of its band (JS-12.1, JS-12.2, CQ-22.5).

    Raises `purchasing.wrong_state` and what `_require_reviewer` notes.
    """
    require_state(review, "route_review", "requested")
    number = _mandate_number(review, role, reviewer_role, reviewer, edition, today)
    return [
        ReviewRouted(
            band=review.band,
            reviewer_role=reviewer_role,
            reviewer=reviewer,
            mandate_number=number,
            basis=edition.basis("review.organiser", REVIEWERS_OF[review.band]),
        )
    ]


def reroute(
    review: PurchaseReview,
    *,
    role: Role,
    reviewer_role: str,
    reviewer: UUID,
    ground: Literal["conflict_of_interest", "reviewer_change"],
    reason: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """Take the review from its reviewer and give it to another; it begins anew.

    Raises `purchasing.wrong_state` and what `_require_reviewer` notes.
    """
    require_state(review, "reroute_review", "routed", "duplicate_checked", "under_review")
    assert review.reviewer is not None
    number = _mandate_number(review, role, reviewer_role, reviewer, edition, today)
    return [
        ReviewRerouted(
            ground=ground,
            reason=reason,
            former_reviewer=review.reviewer,
            reviewer_role=reviewer_role,
            reviewer=reviewer,
            mandate_number=number,
            basis=edition.basis("review.organiser", REVIEWERS_OF[review.band]),
        )
    ]


def _mandate_number(
    review: PurchaseReview, role: Role, reviewer_role: str, reviewer: UUID, edition: Edition, today: date
) -> str | None:
    """The mandate a third party acts by, None for others.

    Raises `purchasing.not_the_organiser`, `purchasing.reviewer_not_allowed`, `purchasing.unit_reviews_for_others`,
    `purchasing.reviewer_asks_itself`, `purchasing.mandate_missing`.
    """
    allowed, organiser = reviewers_for(review.band, edition), edition.value("review.organiser")
    cited = edition.citation(REVIEWERS_OF[review.band])
    own = reviewer == review.legal_person
    given = review.mandate_on(reviewer, today) if reviewer_role == THIRD else None
    rules = Rules()
    rules.require(
        is_one_of(role, (organiser,)),
        "purchasing.not_the_organiser",
        citation=edition.citation("review.organiser"),
        organiser=organiser,
    )
    rules.require(
        reviewer_role in allowed,
        "purchasing.reviewer_not_allowed",
        citation=cited,
        field="reviewer_role",
        reviewer_role=reviewer_role,
        band=review.band,
        may=", ".join(allowed),
    )
    if reviewer_role == UNIT:
        rules.require(own, "purchasing.unit_reviews_for_others", citation=cited, field="reviewer")
    else:
        rules.require(not own, "purchasing.reviewer_asks_itself", citation=cited, field="reviewer")
    rules.require(
        reviewer_role != THIRD or given is not None, "purchasing.mandate_missing", citation=cited, field="reviewer"
    )
    rules.enforce()
    return given.number if given else None


def _own_reviewers(review: PurchaseReview, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Those who could review themselves and may therefore mandate another: the unit, or the centre without bands."""
    mandating = {UNIT, CENTRE} if review.band == "all" else {UNIT}
    return tuple(name for name in allowed if name in mandating)
