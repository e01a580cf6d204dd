# SPDX-License-Identifier: Apache-2.0
"""Whose money formed a resource, and whether that makes it public."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
}
"""What the regimes' words for money mean in recorded sources."""


def is_public(shares: Iterable[FundingShare], edition: Edition) -> bool:
    """Whether the resource must be shared: its part of mandatory funding exceeds the least share (JS 2, 9; CQ 5; A06).

    The least share is exclusive and zero by default: one fen of public money is enough.
    """
    recorded = tuple(shares)
    mandatory = frozenset[str]().union(*(SOURCES[word] for word in edition.value("scope.mandatory_funding")))
    public = sum(share.amount_fen for share in recorded if share.source in mandatory)
    whole = sum(share.amount_fen for share in recorded)
    least: Decimal = edition.value("scope.mixed_funding_min_share")
    return public > whole * least
