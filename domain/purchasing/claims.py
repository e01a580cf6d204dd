# SPDX-License-Identifier: Apache-2.0
"""What events of a purchase claim: a gapless number, and each asset number for one purchase alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.claims import TakeKey
from domain.kernel.numbers import claim_of_number
from domain.purchasing.events import ProcurementCompleted, PurchaseReviewRequested

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def series_of(unit_code: str, year: int) -> str:
    """The series of request numbers of a unit in a year (`PY` stands for 评议)."""
    return f"PY-{unit_code}-{year}"


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """What an event claims, gives back or draws upon."""
    match event:
        case PurchaseReviewRequested(number=number):
            return [claim_of_number(number)]
        case ProcurementCompleted(unit=unit, assets=assets):
            return [TakeKey("purchase.asset", f"{unit}:{asset.asset_number}", stream) for asset in assets]
        case _:
            return []
