# SPDX-License-Identifier: Apache-2.0
"""A secret opens one feed, until it is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.calendars.events import CalendarTokenIssued, CalendarTokenRevoked
from domain.calendars.feed import TOKEN
from domain.kernel.claims import ReleaseKey, TakeKey

if TYPE_CHECKING:
    from uuid import UUID

    from domain.kernel.claims import Claim
    from domain.kernel.event import Event


def claims_of(stream: UUID, event: Event) -> list[Claim]:
    """The claims of one event."""
    match event:
        case CalendarTokenIssued(token_hash=token_hash):
            return [TakeKey(TOKEN, token_hash, stream)]
        case CalendarTokenRevoked(token_hash=token_hash):
            return [ReleaseKey(TOKEN, token_hash)]
        case _:
            return []
