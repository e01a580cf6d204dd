# SPDX-License-Identifier: Apache-2.0
"""Whose money formed a resource, and whether that makes it public."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from domain.resources.values import FundingSource

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from domain.policy import Edition
    from domain.resources.values import FundingShare

FISCAL = frozenset(
    {"central_fiscal_funds", "provincial_fiscal_funds", "municipal_fiscal_funds", "district_fiscal_funds"}
)
SOURCES = {
    "fiscal_funds": FISCAL,
    "fiscal_funds_any_level": FISCAL,
    "state_owned_capital": frozenset({"state_owned_capital"}),
    "enterprise": frozenset({"enterprise"}),
    "social_capital": frozenset({"social_capital"}),
    "non_fiscal": frozenset(get_args(FundingSource)) - FISCAL,
}
"""What the regimes' words for money mean in recorded sources."""


def is_public(shares: Iterable[FundingShare], edition: Edition) -> bool:
    """Whether the resource must be shared: its part of mandatory funding exceeds the least share (JS 2, 9; CQ 5; A06).

    The least share is exclusive and zero by default: one fen of public money is enough.
    """
    recorded = tuple(shares)
    public = _from(recorded, edition, "scope.mandatory_funding")
    whole = sum(share.amount_fen for share in recorded)
    least: Decimal = edition.value("scope.mixed_funding_min_share")
    return public > whole * least


def is_encouraged(shares: Iterable[FundingShare], edition: Edition) -> bool:
    """Whether sharing is encouraged without being a duty: money of enterprises or society is in it (JS 9.c, CQ 5.b)."""
    recorded = tuple(shares)
    return not is_public(recorded, edition) and _from(recorded, edition, "scope.voluntary_funding") > 0


def _from(shares: tuple[FundingShare, ...], edition: Edition, name: str) -> int:
    """What came from the sources that the regime's list of words means, in fen."""
    sources = frozenset[str]().union(*(SOURCES[word] for word in edition.value(name)))
    return sum(share.amount_fen for share in shares if share.source in sources)
