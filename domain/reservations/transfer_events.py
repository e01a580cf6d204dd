# SPDX-License-Identifier: Apache-2.0
"""A reservation passes to another user of the same customer."""

from typing import ClassVar
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.quote import Quote


class ReservationTransferred(Event):
    """Somebody else uses the time; it was never given up in between, and identity, answers and history stay.

    The quote is made anew for the new user. `accepted_quote_fen` is what they agreed to pay where it became dearer.
    """

    TYPE: ClassVar[str] = "reservations.ReservationTransferred"

    user: UUID
    user_kind: str
    former_user: UUID
    requested_by: UUID
    quote: Quote
    former_quote_fen: int
    accepted_quote_fen: int | None = None
    reason: str
