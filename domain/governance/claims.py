# SPDX-License-Identifier: Apache-2.0
"""What the events of this room claim: a decision's number once and for ever, also where it is annulled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.governance.events import DecisionRecorded
from domain.kernel.claims import TakeKey

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event

DECISION_NUMBER = "decision.number"


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """What an event claims, gives back or draws upon."""
    if isinstance(event, DecisionRecorded):
        return [TakeKey(DECISION_NUMBER, event.number, stream)]
    return []
