# SPDX-License-Identifier: Apache-2.0
"""What an organisation owes a unit: asked for only where a credit line is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.facts import Debt

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.reservations.facts import Asker


def debt_of(work: Work, unit: UUID, asker: Asker) -> Debt | None:
    """The debt of the asker's organisation, of the person where there is none; None for the provider's own people."""
    if not asker.external:
        return None
    unpaid_fen, bills = work.registry.unpaid(unit, asker.customer, asker.user)
    return Debt(unpaid_fen=unpaid_fen, bills=tuple(bills))
