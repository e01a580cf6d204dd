# SPDX-License-Identifier: Apache-2.0
"""What the events of this room claim: a number once and for ever by its own authority, annulled too; a plan's year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.events import DecisionRecorded, PlanYearTaken
from domain.kernel.claims import TakeKey

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


PLAN_YEAR = "document.plan_year"


def number_of(body: str) -> str:
    """The kind of key that a decision's number is: of its body, so that nobody takes the number of another."""
    return f"decision.number.{body}"


def place_of(year: int, place: int) -> str:
    """The key that only one annual plan of a year has."""
    return f"{year}/{place}"


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """What an event claims, gives back or draws upon."""
    if isinstance(event, DecisionRecorded):
        return [TakeKey(number_of(event.body), event.number, stream)]
    if isinstance(event, PlanYearTaken):
        return [TakeKey(PLAN_YEAR, place_of(event.year, event.place), stream)]
    return []
