# SPDX-License-Identifier: Apache-2.0
"""What of a registration decides on the duty to share and on the review of the purchase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from domain.resources.values import FundingShare


@dataclass(frozen=True, slots=True)
class Facts:
    """The particulars that decide. `accepted_on` is the day of the asset's acceptance, from which it is new (A13).

    `equipment`: an instrument or a facility, by its type, its class, or because it is reserved.
    """

    type: str
    value_fen: int
    funding: tuple[FundingShare, ...]
    accepted_on: date | None
    acquired_on: date | None = None
    equipment: bool = False
