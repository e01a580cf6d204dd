# SPDX-License-Identifier: Apache-2.0
"""There is a price (JS 21, CQ 16)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def priced(case: Case, rules: Rules) -> None:
    """Whatever the fee standard says no to is said here; it is one of the things that have to be published."""
    if isinstance(case.offer.price, DomainError):
        rules.broken.extend(
            replace(broken, citation=broken.citation or case.published) for broken in case.offer.price.violations
        )
