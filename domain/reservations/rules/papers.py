# SPDX-License-Identifier: Apache-2.0
"""Contract and voucher named with a request (JS 18, 22; CQ 17, 18, 19)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def contract(case: Case, rules: Rules) -> None:
    """The contract named covers resource, customer and day."""
    rules.require(
        case.offer.contract_covers is not False,
        "reservations.contract_does_not_cover",
        citation=case.edition.citation("contract.mandatory"),
        field="contract_id",
    )


def voucher_for_others(case: Case, rules: Rules) -> None:
    """A voucher pays for the service of others only."""
    rules.require(
        case.asker.external or case.wish.voucher_grant is None,
        "reservations.voucher_for_internal_use",
        citation=case.edition.citation("voucher.eligible_providers"),
        field="voucher_grant_id",
    )


def voucher_owner(case: Case, rules: Rules) -> None:
    """The voucher was granted to the user or the user's organisation."""
    rules.require(case.asker.owns_voucher, "reservations.voucher_of_somebody_else", field="voucher_grant_id")
