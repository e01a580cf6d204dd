# SPDX-License-Identifier: Apache-2.0
"""Whether a purchase is subject to review, in which band, and who may then review it (JS 12, CQ 22)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from domain.kernel.actor import Role
from domain.kernel.money import Fen
from domain.purchasing.values import FundingSource, Value

if TYPE_CHECKING:
    from domain.policy import Edition
    from domain.purchasing.values import Purchase

Band = Literal["none", "middle", "upper", "all"]
"""`none`: no review. `all`: the regime reviews whatever reaches a threshold in one way, without bands."""
Ground = Literal["act", "funding", "price", "unit_price", "set_price"]
FISCAL = frozenset(source for source in get_args(FundingSource) if source.endswith("_fiscal_funds"))
SCOPES = {"fiscal_funds": FISCAL}
"""What a regime's word for money means in recorded sources; any other word is a source itself."""
PARAMETERS = (
    "review.funding_in_scope",
    "review.acts",
    "review.object",
    "review.unit_price_min",
    "review.unit_price_min_inclusive",
    "review.upper_band_from",
    "review.set_price_min",
    "review.set_price_min_inclusive",
)
"""What decides whether there is a review."""
REVIEWERS_OF: dict[Band, str] = {
    "middle": "review.middle_band_reviewers",
    "upper": "review.upper_band_reviewers",
    "all": "review.reviewers",
}


class Finding(Value):
    """What the rule says of a purchase. Amounts in fen; `rule_version` names regulation and edition.

    `grounds` are the limits reached where a review is required, else what stands in its way.
    """

    required: bool
    band: Band
    grounds: tuple[Ground, ...]
    unit_price_fen: Fen
    set_price_fen: Fen | None
    threshold_fen: Fen
    rule_version: str


def review_required(purchase: Purchase, edition: Edition) -> Finding:
    """Judge a purchase by act, money and price (JS-12.1, JS-12.3; CQ-22.1 to CQ-22.3; A02, A18-A20)."""
    unit_fen, set_fen = measured(purchase, edition)
    reached: list[Ground] = []
    if _reaches(unit_fen, "review.unit_price_min", edition):
        reached.append("unit_price")
    if _reaches(set_fen, "review.set_price_min", edition):
        reached.append("set_price")
    missing: list[Ground] = []
    if purchase.act not in edition.value("review.acts"):
        missing.append("act")
    if purchase.paid_by(_sources_in_scope(edition)) == 0:
        missing.append("funding")
    if not reached:
        missing.append("price")
    required = not missing
    return Finding(
        required=required,
        band=_band(unit_fen, edition) if required else "none",
        grounds=tuple(missing or reached),
        unit_price_fen=unit_fen,
        set_price_fen=set_fen,
        threshold_fen=edition.fen("review.unit_price_min"),
        rule_version=f"{edition.document_no} {edition.edition}",
    )


def measured(purchase: Purchase, edition: Edition) -> tuple[int, int | None]:
    """The price of one unit, and of the set, as the regime counts them.

    Where the regime knows no price of sets, a functionally inseparable set counts as one unit (A20).
    """
    set_fen = purchase.set_fen
    if set_fen is not None and edition.optional("review.set_price_min") is None:
        return max(set_fen, purchase.dearest_fen), set_fen
    return purchase.dearest_fen, set_fen


def reviewers_for(band: Band, edition: Edition) -> tuple[str, ...]:
    """The roles that may review in a band (JS 12.c, 12.d; CQ 8).

    Where the centre alone carries out reviews, it may mandate a third party, and stays responsible (A24).
    """
    if band == "none":
        return ()
    stated: tuple[str, ...] = edition.value(REVIEWERS_OF[band])
    delegate = Role.THIRD_PARTY_INSTITUTION.value
    if band == "all" and Role.SERVICE_CENTRE.value in stated and delegate not in stated:
        return (*stated, delegate)
    return stated


def _reaches(price_fen: int | None, name: str, edition: Edition) -> bool:
    """Whether a price reaches a limit, which counts itself where the text says so (A02); silent is no limit."""
    if price_fen is None or edition.optional(name) is None:
        return False
    limit_fen = edition.fen(name)
    return price_fen > limit_fen or (price_fen == limit_fen and edition.value(f"{name}_inclusive"))


def _band(unit_fen: int, edition: Edition) -> Band:
    if edition.optional("review.upper_band_from") is None:
        return "all"
    return "upper" if unit_fen >= edition.fen("review.upper_band_from") else "middle"


def _sources_in_scope(edition: Edition) -> frozenset[str]:
    words: tuple[str, ...] = edition.value("review.funding_in_scope")
    return frozenset[str]().union(*(SCOPES.get(word, frozenset({word})) for word in words))
