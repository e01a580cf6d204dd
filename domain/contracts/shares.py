# SPDX-License-Identifier: Apache-2.0
"""To whom intellectual property belongs, in shares that make a whole (JS 20; CQ 17; choice A35)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.contracts.events import Terms
    from domain.kernel.errors import Rules
    from domain.policy import Edition

WHOLE = Decimal("100.00")


def whole_if_stated(rules: Rules, terms: Terms, edition: Edition) -> None:
    """A draft may leave shares out until they are agreed; those it states make a whole, not 99.99."""
    if terms.ip_shares:
        _whole(rules, terms, edition, needed=True)


def require_agreed(rules: Rules, terms: Terms, edition: Edition) -> None:
    """What is signed says how property is shared, and to whom all of an independent experiment belongs."""
    _whole(rules, terms, edition, needed=edition.value("contract.ip_agreed_beforehand") or bool(terms.ip_shares))
    owner = edition.optional("contract.ip_owner_independent_experiment")
    if owner is not None and terms.experiment == "independent":
        owned = sum((share.percent for share in terms.ip_shares if share.party == owner), Decimal(0))
        rules.require(
            owned == WHOLE,
            "contracts.independent_experiment_belongs_to_user",
            citation=edition.citation("contract.ip_owner_independent_experiment"),
            field="terms.ip_shares",
        )


def _whole(rules: Rules, terms: Terms, edition: Edition, *, needed: bool) -> None:
    total = sum((share.percent for share in terms.ip_shares), Decimal(0))
    rules.require(
        total == WHOLE or not needed,
        "contracts.ip_shares_not_whole",
        citation=edition.citation("contract.ip_agreed_beforehand"),
        field="terms.ip_shares",
        total=str(total),
    )
