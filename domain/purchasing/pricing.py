# SPDX-License-Identifier: Apache-2.0
"""When the price changes, or what counts as one thing: across a band everything begins anew (A17, A20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules, refusal
from domain.purchasing.events import PurchasePriceRevised, PurchaseSetCorrected
from domain.purchasing.requesting import not_required, require_priced
from domain.purchasing.rule import PARAMETERS, review_required
from domain.purchasing.state import Standing, require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.state import PurchaseReview
    from domain.purchasing.values import FundingShare, Price, Purchase

REVISABLE: tuple[Standing, ...] = (
    "requested",
    "not_required",
    "routed",
    "duplicate_checked",
    "under_review",
    "opinion_issued",
    "exception_granted",
    "approved",
)


def revise(  # noqa: PLR0913 - the particulars of a price
    review: PurchaseReview,
    *,
    stage: Literal["estimate", "contract"],
    prices: tuple[Price, ...],
    set_price_fen: int | None,
    funding: tuple[FundingShare, ...],
    reviser: UUID,
    reason: str,
    edition: Edition,
    today: date,
) -> list[Event]:
    """State another price, or that of the contract; the rule judges it again (JS-12.2, A15, A17).

    Raises `purchasing.wrong_state`, `purchasing.prices_do_not_fit`, `purchasing.reviewer_sets_price`,
    `purchasing.nothing_changed`, and what `require_priced` notes.
    """
    require_state(review, "revise_price", *REVISABLE)
    purchase = repriced(review, prices, set_price_fen, funding)
    rules = Rules()
    rules.require(reviser not in review.reviewers, "purchasing.reviewer_sets_price")
    rules.require(purchase != review.purchase, "purchasing.nothing_changed")
    require_priced(rules, purchase, today=today)
    rules.enforce()
    finding = review_required(purchase, edition)
    voids = finding.band != review.band or review.state == "not_required"
    return [
        PurchasePriceRevised(
            stage=stage,
            prices=prices,
            set_price_fen=set_price_fen,
            funding=funding,
            total_fen=purchase.total_fen,
            finding=finding,
            former_band=review.band,
            voids=voids,
            revised_by=reviser,
            reason=reason,
            basis=edition.basis(*PARAMETERS),
        ),
        *(not_required(finding, edition)),
    ]


def correct_set(
    review: PurchaseReview, *, one_system: bool, corrector: UUID, reason: str, edition: Edition
) -> list[Event]:
    """The reviewer corrects whether the items work as one system; the rule judges again (A19, A20).

    Raises `purchasing.wrong_state`, `purchasing.not_on_the_panel`, `purchasing.nothing_changed`,
    `purchasing.set_has_its_price`.
    """
    require_state(review, "correct_set", "under_review")
    purchase = review.purchase
    rules = Rules()
    rules.require(corrector in review.reviewers, "purchasing.not_on_the_panel")
    rules.require(one_system != purchase.one_system, "purchasing.nothing_changed", field="one_system")
    apart = purchase.total_fen == purchase.parts_fen
    rules.require(one_system or apart, "purchasing.set_has_its_price", field="one_system")
    rules.enforce()
    corrected = purchase.model_copy(update={"one_system": one_system, "set_price_fen": None})
    finding = review_required(corrected, edition)
    return [
        PurchaseSetCorrected(
            one_system=one_system,
            total_fen=corrected.total_fen,
            finding=finding,
            former_band=review.band,
            voids=finding.band != review.band,
            corrected_by=corrector,
            reason=reason,
            basis=edition.basis(*PARAMETERS),
        ),
        *not_required(finding, edition),
    ]


def repriced(
    review: PurchaseReview, prices: tuple[Price, ...], set_price_fen: int | None, funding: tuple[FundingShare, ...]
) -> Purchase:
    """The requested things at other prices, one for each item. Raises `purchasing.prices_do_not_fit`."""
    items = len(review.purchase.items)
    if len(prices) != items:
        raise refusal("purchasing.prices_do_not_fit", field="prices", given=len(prices), items=items)
    return review.purchase.at(prices, set_price_fen, funding)
