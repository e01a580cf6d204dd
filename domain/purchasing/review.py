# SPDX-License-Identifier: Apache-2.0
"""A purchase review folded from its events (lifecycle 6.2).

The decisions live beside it by subject: requesting, pricing, routing, checking, reviewing, deciding, procuring.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from domain.kernel.event import Aggregate
from domain.purchasing import events as facts
from domain.purchasing.state import Exemption, Mandate, Opinion, PurchaseReview, Standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.event import Event

__all__ = ["PURCHASE_REVIEW", "PurchaseReview", "evolve"]


def evolve(state: PurchaseReview | None, event: Event) -> PurchaseReview:
    """The review after an event."""
    if isinstance(event, facts.PurchaseReviewRequested):
        return PurchaseReview(
            number=event.number,
            unit=event.unit,
            legal_person=event.legal_person,
            requested_on=event.requested_on,
            purchase=event.purchase,
            finding=event.finding,
            askers=frozenset(event.requesters),
            warnings=event.warnings,
        )
    assert state is not None
    return _FOLDS[type(event)](state, event)


def _to(standing: Standing) -> Callable[[PurchaseReview, Any], PurchaseReview]:
    return lambda state, _event: replace(state, state=standing)


def _voided(state: PurchaseReview) -> PurchaseReview:
    """Asked anew: only what is true of the things themselves is left (A17)."""
    return replace(
        state,
        state="requested",
        reviewer_role=None,
        reviewer=None,
        matches=None,
        panel=(),
        experts=frozenset(),
        opinion=None,
        exemption=None,
        approved_on=None,
    )


def _repriced(state: PurchaseReview, event: facts.PurchasePriceRevised) -> PurchaseReview:
    purchase = state.purchase.at(event.prices, event.set_price_fen, event.funding)
    askers = state.askers | {event.revised_by}
    return replace(_voided(state) if event.voids else state, purchase=purchase, finding=event.finding, askers=askers)


def _corrected(state: PurchaseReview, event: facts.PurchaseSetCorrected) -> PurchaseReview:
    purchase = state.purchase.model_copy(update={"one_system": event.one_system, "set_price_fen": None})
    return replace(_voided(state) if event.voids else state, purchase=purchase, finding=event.finding)


def _mandated(state: PurchaseReview, event: facts.ReviewerMandated) -> PurchaseReview:
    mandate = Mandate(event.institution, event.number, event.valid_until)
    return replace(state, mandates=(*state.mandates, mandate))


def _routed(state: PurchaseReview, event: facts.ReviewRouted | facts.ReviewRerouted) -> PurchaseReview:
    """Another reviewer begins anew; what was checked and advised for the former one is asked for again."""
    asked_anew = _voided(state)
    return replace(asked_anew, state="routed", reviewer_role=event.reviewer_role, reviewer=event.reviewer)


def _checked(state: PurchaseReview, event: facts.DuplicateCheckCompleted) -> PurchaseReview:
    return replace(state, state="duplicate_checked", matches=event.count)


def _started(state: PurchaseReview, event: facts.ReviewStarted) -> PurchaseReview:
    return replace(state, state="under_review", panel=event.panel)


def _advised(state: PurchaseReview, event: facts.ExpertOpinionAttached) -> PurchaseReview:
    return replace(state, experts=state.experts | {event.expert})


def _opined(state: PurchaseReview, event: facts.ReviewOpinionIssued) -> PurchaseReview:
    opinion = Opinion(event.conclusion, event.issued_by, event.issued_on, event.warnings)
    return replace(state, state="opinion_issued", opinion=opinion)


def _excepted(state: PurchaseReview, event: facts.ReviewExceptionGranted) -> PurchaseReview:
    exemption = Exemption(event.document_number, event.granted_by)
    return replace(state, state="exception_granted", exemption=exemption)


def _approved(state: PurchaseReview, event: facts.PurchaseApproved) -> PurchaseReview:
    return replace(state, state="approved", approved_on=event.approved_on)


_FOLDS: dict[type[Event], Callable[[PurchaseReview, Any], PurchaseReview]] = {
    facts.ReviewFoundNotRequired: _to("not_required"),
    facts.PurchasePriceRevised: _repriced,
    facts.PurchaseSetCorrected: _corrected,
    facts.ReviewerMandated: _mandated,
    facts.ReviewRouted: _routed,
    facts.ReviewRerouted: _routed,
    facts.DuplicateCheckCompleted: _checked,
    facts.ReviewStarted: _started,
    facts.ExpertOpinionAttached: _advised,
    facts.ReviewOpinionIssued: _opined,
    facts.ReviewExceptionGranted: _excepted,
    facts.PurchaseApproved: _approved,
    facts.PurchaseRefused: _to("refused"),
    facts.ProcurementCompleted: _to("procured"),
    facts.PurchaseRequestCancelled: _to("cancelled"),
}

PURCHASE_REVIEW = Aggregate("purchasing.PurchaseReview", evolve, (facts.PurchaseReviewRequested, *_FOLDS))
