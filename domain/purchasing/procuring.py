# SPDX-License-Identifier: Apache-2.0
"""From approval to asset: nothing is procured that was neither approved nor free of review (JS 12.g, CQ 22.d)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.purchasing.events import Asset, ProcurementCompleted
from domain.purchasing.pricing import repriced
from domain.purchasing.requesting import require_amounts
from domain.purchasing.rule import PARAMETERS, review_required
from domain.purchasing.state import require_state

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.state import PurchaseReview
    from domain.purchasing.values import Price


def complete(  # noqa: PLR0913 - the particulars of a purchase
    review: PurchaseReview,
    *,
    contract_number: str,
    prices: tuple[Price, ...],
    set_price_fen: int | None,
    assets: tuple[Asset, ...],
    accepted_on: date,
    edition: Edition,
    today: date,
    buyer: UUID | None = None,
) -> list[Event]:
    """Record what was bought, at the contract's prices, under which asset numbers, and when it was accepted.

    `buyer` is the unit in whose ledger it stands, where the one that asked has ended in another.

    A contract whose price lies in another band is not the purchase that was approved (A15, A17). The day of
    acceptance starts the days of listing (CQ 12.b).
    Raises `purchasing.not_approved`, `purchasing.wrong_state`, `purchasing.prices_do_not_fit`,
    `purchasing.band_crossed`, `purchasing.assets_do_not_fit`, `purchasing.accepted_in_the_future`,
    `purchasing.accepted_before_approval`, and what `require_amounts` notes.
    """
    _require_approved(review, edition)
    bought = repriced(review, prices, set_price_fen, review.purchase.funding)
    since = review.approved_on or review.requested_on
    rules = Rules()
    require_amounts(rules, bought, today=today)
    rules.enforce()
    band = review_required(bought, edition).band
    rules.require(
        band == review.band,
        "purchasing.band_crossed",
        citation=edition.citation("review.unit_price_min"),
        field="prices",
        approved_band=review.band,
        band=band,
    )
    rules.require(_fit(review, assets), "purchasing.assets_do_not_fit", field="assets")
    rules.require(accepted_on <= today, "purchasing.accepted_in_the_future", field="accepted_on")
    rules.require(
        accepted_on >= since, "purchasing.accepted_before_approval", field="accepted_on", since=since.isoformat()
    )
    rules.enforce()
    return [
        ProcurementCompleted(
            unit=buyer or review.unit,
            contract_number=contract_number,
            prices=prices,
            set_price_fen=set_price_fen,
            total_fen=bought.total_fen,
            assets=assets,
            accepted_on=accepted_on,
            basis=edition.basis("review.no_review_effect", *PARAMETERS),
        )
    ]


def _require_approved(review: PurchaseReview, edition: Edition) -> None:
    """An opinion alone does not approve (JS-12.5, CQ-22.5)."""
    if review.finding.required and review.state not in ("approved", "procured", "refused", "cancelled"):
        raise refusal(
            "purchasing.not_approved",
            citation=edition.citation("review.no_review_effect"),
            review_state=review.state,
            effects=", ".join(edition.value("review.no_review_effect")),
        )
    require_state(review, "complete_procurement", "approved", "not_required")


def _fit(review: PurchaseReview, assets: tuple[Asset, ...]) -> bool:
    """Every item has an asset number, none more than its pieces, and no number stands twice."""
    numbers = {asset.asset_number for asset in assets}
    counted = Counter(asset.item for asset in assets)
    known = all(0 <= item < len(review.purchase.items) for item in counted)
    each = all(1 <= counted[place] <= item.quantity for place, item in enumerate(review.purchase.items))
    return known and each and len(numbers) == len(assets)
