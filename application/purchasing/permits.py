# SPDX-License-Identifier: Apache-2.0
"""Who may touch a purchase review, and by which edition it is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import NotPermitted
from application.guards import own_unit
from domain.kernel.actor import Role
from domain.purchasing.review import PURCHASE_REVIEW

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.policy import Edition
    from domain.purchasing.state import PurchaseReview

ASKERS = frozenset({Role.MANAGING_UNIT, Role.SYSTEM})
ORGANISERS = frozenset({Role.FINANCE_DEPARTMENT, Role.COUNCIL_OFFICE, Role.SYSTEM})
"""Which of them organises here is said by `review.organiser`."""
REVIEWERS = frozenset({Role.MANAGING_UNIT, Role.SERVICE_CENTRE, Role.THIRD_PARTY_INSTITUTION, Role.SYSTEM})
"""Which of them may review is said by the band."""
AUTHORITIES = frozenset(
    {
        Role.FINANCE_DEPARTMENT,
        Role.SCIENCE_DEPARTMENT,
        Role.COMPETENT_DEPARTMENT,
        Role.COUNCIL_OFFICE,
        Role.SYSTEM,
    }
)
"""Which of them approves, or grants exceptions, is said by `review.approver` and `review.exception_authority`."""


def asked(work: Work, review: UUID) -> Loaded[PurchaseReview]:
    """A request of the actor's own unit, or of one that has ended in it. Raises `NotFound`, `NotPermitted`."""
    found = work.load(PURCHASE_REVIEW, review)
    own_unit(work, found.state.unit)
    return found


def given(work: Work, review: UUID) -> Loaded[PurchaseReview]:
    """A request that was given to the actor's organisation to review; to its unit where the unit reviews itself.

    What has not been given to anybody is left to the rules. Raises `NotFound`, `NotPermitted`.
    """
    found = work.load(PURCHASE_REVIEW, review)
    if work.actor.role is Role.MANAGING_UNIT:
        own_unit(work, found.state.unit)
    elif work.actor.role is not Role.SYSTEM and found.state.reviewer not in (None, work.actor.organisation):
        raise NotPermitted(reason="reviewer", review=str(review))
    return found


def edition_of(work: Work, review: PurchaseReview) -> Edition:
    """A request is judged by the edition of the day on which it was made, from beginning to end (A04)."""
    return work.edition(review.requested_on)
