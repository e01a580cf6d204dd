# SPDX-License-Identifier: Apache-2.0
"""Whether the purchase of an instrument needed a joint review, as far as the registry tells (JS 12, CQ 22).

Whether one was made is another matter: the read models find it by unit and asset number. Sets are not seen, because the
registry does not tell which resources were bought to work as one (CQ-22.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.resources.funding import FISCAL
from domain.resources.registry_events import ReviewNeeded

if TYPE_CHECKING:
    from domain.policy import Edition
    from domain.resources.facts import Facts
    from domain.resources.registry_events import ReviewDoubt

PRICE, UPPER, REVIEWED_MONEY = "review.unit_price_min", "review.upper_band_from", "review.funding_in_scope"
RULE = (REVIEWED_MONEY, PRICE, f"{PRICE}_inclusive", UPPER)


def review_needed(facts: Facts, edition: Edition) -> ReviewNeeded | None:
    """What the purchase needed by `edition`, that of its day; None where it needed no review.

    Only of instruments and facilities does their registration say that they were bought. What was bought, or at the
    latest accepted, before the regime needed nothing. Any share of the money in scope suffices (A18).
    """
    latest = facts.acquired_on or facts.accepted_on
    before = latest is not None and latest < edition.value("policy.effective_from")
    limited = edition.optional(PRICE) is not None
    if not facts.equipment or before or not limited or facts.value_fen < least_fen(edition):
        return None
    doubts: list[ReviewDoubt] = [] if facts.acquired_on else ["acquisition_date_unknown"]
    if not any(share.amount_fen and share.source in money_in_scope(edition) for share in facts.funding):
        if sum(share.amount_fen for share in facts.funding) >= facts.value_fen:
            return None
        doubts.append("funding_unknown")
    upper_fen = None if edition.optional(UPPER) is None else edition.fen(UPPER)
    upper = upper_fen is not None and facts.value_fen >= upper_fen
    citation = edition.citation(UPPER if upper else PRICE)
    assert citation is not None, "a limit of review has an article"
    return ReviewNeeded(
        band="all" if upper_fen is None else "upper" if upper else "middle",
        limit_fen=edition.fen(UPPER if upper else PRICE),
        citation=citation,
        doubts=tuple(doubts),
    )


def least_fen(edition: Edition) -> int:
    """The lowest price of one piece that is reviewed, in fen (A02)."""
    return edition.fen(PRICE) + (0 if edition.value(f"{PRICE}_inclusive") else 1)


def money_in_scope(edition: Edition) -> frozenset[str]:
    """The sources of money whose use needs a review (A18)."""
    words: tuple[str, ...] = edition.value(REVIEWED_MONEY)
    return frozenset[str]().union(*(FISCAL if word == "fiscal_funds" else {word} for word in words))
