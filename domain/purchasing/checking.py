# SPDX-License-Identifier: Apache-2.0
"""The duplicate check against the registry, where a regulation demands it before the opinion (CQ 22.b, A25)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.purchasing.events import DuplicateCheckCompleted
from domain.purchasing.state import require_state

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.facilities import Matches
    from domain.purchasing.state import PurchaseReview


def complete_check(review: PurchaseReview, matches: Matches, *, remarks: str, edition: Edition) -> list[Event]:
    """Record what was found; nothing found is 0, whatever is found refuses nothing (CQ-22.4).

    A check may be done again before the review starts. Raises `purchasing.wrong_state`.
    """
    require_state(review, "complete_duplicate_check", "routed", "duplicate_checked")
    return [
        DuplicateCheckCompleted(
            count=matches.count,
            candidates=matches.candidates,
            position=matches.position,
            remarks=remarks,
            basis=edition.basis("review.duplicate_check_required"),
        )
    ]


def require_checked(review: PurchaseReview, edition: Edition) -> None:
    """Refuse to review what was not checked where the regulation demands it: `purchasing.duplicate_check_missing`."""
    if review.state == "routed" and edition.value("review.duplicate_check_required"):
        raise refusal(
            "purchasing.duplicate_check_missing", citation=edition.citation("review.duplicate_check_required")
        )
