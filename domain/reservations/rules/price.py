# SPDX-License-Identifier: Apache-2.0
"""There is a price (JS 21, CQ 16)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import DomainError

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def priced(case: Case, rules: Rules) -> None:
    """Whatever the fee standard says no to is said here."""
    if isinstance(case.offer.price, DomainError):
        rules.broken.extend(case.offer.price.violations)
