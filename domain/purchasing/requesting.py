# SPDX-License-Identifier: Apache-2.0
"""Asking before buying: the request, what the rule finds of it, and giving it up (JS 12.a, CQ 22.b)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.purchasing.events import (
    PurchaseRequestCancelled,
    PurchaseReviewRequested,
    ReviewFoundNotRequired,
    WarningMatch,
)
from domain.purchasing.rule import PARAMETERS, Finding, review_required
from domain.purchasing.state import require_state
from domain.purchasing.values import HOME

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.purchasing.facilities import Matches
    from domain.purchasing.state import PurchaseReview
    from domain.purchasing.values import Price, Purchase

MOST_FEN = 10**15
"""What an amount can be at most; a rate makes more of two amounts that are allowed each."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks, under which number, and what was shown to them when they asked."""

    number: str
    unit: UUID
    legal_person: UUID
    requesters: tuple[UUID, ...]
    shown: Matches
    warnings: tuple[WarningMatch, ...]
    why_not_shared: str = ""


def request(asking: Asking, purchase: Purchase, *, edition: Edition, today: date) -> list[Event]:
    """Ask for a purchase; the rule answers at once whether it must be reviewed (JS-12.1, 12.3; CQ-22.1 to 22.3).

    Raises `purchasing.unknown_object`, `purchasing.class_code_missing`, and what `require_priced` notes.
    """
    rules = Rules()
    kinds = edition.value("review.object")
    rules.require(
        purchase.object_kind in kinds,
        "purchasing.unknown_object",
        citation=edition.citation("review.object"),
        field="purchase.object_kind",
        object_kind=purchase.object_kind,
        known=", ".join(kinds),
    )
    classified = purchase.act != "new_purchase" or all(item.class_code.strip() for item in purchase.items)
    rules.require(classified, "purchasing.class_code_missing", field="purchase.items")
    require_priced(rules, purchase, today=today)
    rules.enforce()
    finding = review_required(purchase, edition)
    return [
        PurchaseReviewRequested(
            number=asking.number,
            unit=asking.unit,
            legal_person=asking.legal_person,
            requesters=tuple(dict.fromkeys(asking.requesters)),
            requested_on=today,
            purchase=purchase,
            total_fen=purchase.total_fen,
            finding=finding,
            split_window_days=edition.value("review.split_window_days"),
            warnings=asking.warnings,
            shown=asking.shown,
            why_not_shared=asking.why_not_shared,
            basis=edition.basis(*PARAMETERS),
        ),
        *not_required(finding, edition),
    ]


def not_required(finding: Finding, edition: Edition) -> list[Event]:
    """What follows where the rule asks for no review; the rule's version is recorded (lifecycle 6.2)."""
    if finding.required:
        return []
    return [ReviewFoundNotRequired(finding=finding, basis=edition.basis(*PARAMETERS))]


def require_priced(rules: Rules, purchase: Purchase, *, today: date) -> None:
    """Note what is wrong with prices and funding: whether there is a review hangs on all of them.

    Notes `purchasing.funding_incomplete` and what `require_amounts` notes.
    """
    require_amounts(rules, purchase, today=today)
    funding_fen = sum(share.amount_fen for share in purchase.funding)
    rules.require(
        funding_fen == purchase.total_fen,
        "purchasing.funding_incomplete",
        field="purchase.funding",
        funding_fen=funding_fen,
        total_fen=purchase.total_fen,
    )


def require_amounts(rules: Rules, purchase: Purchase, *, today: date) -> None:
    """Note what is wrong with prices.

    Notes `purchasing.price_missing`, `purchasing.price_too_high`, `purchasing.rate_missing`,
    `purchasing.not_a_set`, `purchasing.set_below_parts`.
    """
    prices = [item.price for item in purchase.items]
    rules.require(all(price.fen > 0 for price in prices), "purchasing.price_missing", field="purchase.items")
    within = purchase.total_fen <= MOST_FEN and purchase.parts_fen <= MOST_FEN
    rules.require(within, "purchasing.price_too_high", field="purchase.items", most_fen=MOST_FEN)
    rules.require(all(_rated(price, today) for price in prices), "purchasing.rate_missing", field="purchase.items")
    stated_fen = purchase.set_price_fen
    rules.require(stated_fen is None or purchase.one_system, "purchasing.not_a_set", field="purchase.set_price_fen")
    rules.require(
        stated_fen is None or stated_fen >= purchase.parts_fen,
        "purchasing.set_below_parts",
        field="purchase.set_price_fen",
        stated_fen=stated_fen or 0,
        parts_fen=purchase.parts_fen,
    )


def cancel(review: PurchaseReview, *, reason: str) -> list[Event]:
    """Give a request up before it is decided. Raises `purchasing.wrong_state`."""
    require_state(review, "cancel", "requested", "not_required", "routed", "duplicate_checked", "under_review")
    return [PurchaseRequestCancelled(reason=reason)]


def _rated(price: Price, today: date) -> bool:
    """A foreign price has the rate of a day that has come; a price in yuan has none (A15)."""
    if price.currency == HOME:
        return price.rate == 1
    return price.rate_on is not None and price.rate_on <= today
