# SPDX-License-Identifier: Apache-2.0
"""How many uses were begun under a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.claims import USES_CAP, uses_account

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def uses_under(work: Work, contract: UUID) -> int:
    """Uses begun under a contract so far, by the claims that each of them drew."""
    left = work.claims.left(uses_account(contract))
    return 0 if left is None else USES_CAP - left
