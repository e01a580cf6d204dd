# SPDX-License-Identifier: Apache-2.0
"""Purchases before they are made: what is asked, who reviews, what was found and decided, and which assets came of it.

The steps of a review stand in its row; the events themselves are in its stream. The lists are in `purchase_lists`.
"""

from domain.kernel.event import Event, Recorded
from domain.purchasing.events import (
    DuplicateCheckCompleted,
    ExpertOpinionAttached,
    ProcurementCompleted,
    PurchaseApproved,
    PurchasePriceRevised,
    PurchaseRefused,
    PurchaseRequestCancelled,
    PurchaseReviewRequested,
    PurchaseSetCorrected,
    ReviewerMandated,
    ReviewExceptionGranted,
    ReviewFoundNotRequired,
    ReviewOpinionIssued,
    ReviewRerouted,
    ReviewRouted,
    ReviewStarted,
)
from projections import purchase_opinions, purchase_requests
from projections.handlers import amend, known
from projections.purchase_splits import SPLITS
from projections.purchase_tables import ASSETS, REVIEWS, on
from projections.readmodel import ReadModel, Rows

CHANGES = (purchase_requests, purchase_opinions)
"""Where the rows change; importing them has registered what they do, before states and steps are noted here."""


def _note_step(event: Event, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, REVIEWS, recorded.stream)
    step = {
        "type": event.TYPE,
        "state": row["state"],
        "occurred_at": recorded.meta.occurred_at.isoformat(),
        "role": recorded.meta.actor.role.value,
    }
    amend(rows, REVIEWS, recorded, steps=[*row["steps"], step])


on.states(
    REVIEWS,
    {
        ReviewFoundNotRequired: "not_required",
        ReviewRouted: "routed",
        ReviewRerouted: "routed",
        DuplicateCheckCompleted: "duplicate_checked",
        ReviewStarted: "under_review",
        ReviewOpinionIssued: "opinion_issued",
        ReviewExceptionGranted: "exception_granted",
        PurchaseApproved: "approved",
        PurchaseRefused: "refused",
        ProcurementCompleted: "procured",
        PurchaseRequestCancelled: "cancelled",
    },
)
on.follow(
    [
        PurchaseReviewRequested,
        ReviewFoundNotRequired,
        PurchasePriceRevised,
        PurchaseSetCorrected,
        ReviewerMandated,
        ReviewRouted,
        ReviewRerouted,
        DuplicateCheckCompleted,
        ReviewStarted,
        ExpertOpinionAttached,
        ReviewOpinionIssued,
        ReviewExceptionGranted,
        PurchaseApproved,
        PurchaseRefused,
        ProcurementCompleted,
        PurchaseRequestCancelled,
    ],
    _note_step,
)
MODEL = ReadModel("purchase_reviews", (REVIEWS, ASSETS, SPLITS), on.apply, types=on.types)
