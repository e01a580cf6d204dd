# SPDX-License-Identifier: Apache-2.0
"""What happens to calendar feeds. The secret in a feed's address is known only by its SHA-256."""

from typing import ClassVar, Literal
from uuid import UUID

from domain.kernel.event import Event

FeedScope = Literal["person", "instrument", "unit"]
FeedLanguage = Literal["zh", "en"]


class CalendarTokenIssued(Event):
    """Whoever knows the secret may read one calendar as `user` may read it then: what they lose, it loses."""

    TYPE: ClassVar[str] = "calendars.CalendarTokenIssued"

    user: UUID
    scope: FeedScope
    of: UUID
    token_hash: str
    language: FeedLanguage


class CalendarTokenRevoked(Event):
    """The address of the feed is worthless from now on."""

    TYPE: ClassVar[str] = "calendars.CalendarTokenRevoked"

    token_hash: str
    reason: str
