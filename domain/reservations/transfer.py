# SPDX-License-Identifier: Apache-2.0
"""Letting another user of the same customer use the time; it is never given up in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules, refusal
from domain.reservations.reservation import require_nothing_pending, require_state
from domain.reservations.transfer_events import ReservationTransferred

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.errors import Violation
    from domain.kernel.event import Event
    from domain.reservations.admission import Admitted
    from domain.reservations.reservation import Reservation


def transferable(reservation: Reservation, to_user: UUID, customer: UUID | None, *, now: datetime) -> list[Violation]:
    """The rules of the transfer itself that are broken; the new user is judged by those of a request.

    Raises `reservations.approval_pending`, `reservations.wrong_state`, `reservations.already_begun`.
    """
    require_nothing_pending(reservation, "transfer")
    require_state(reservation, "transfer", "requested", "confirmed")
    if now >= reservation.span.start:
        raise refusal("reservations.already_begun", field="reservation_id", start=reservation.span.start.isoformat())
    rules = Rules()
    rules.require(to_user != reservation.user, "reservations.transfer_to_same_user", field="to_user")
    # Somebody who works for nobody is a customer of their own: there is nobody else of the same customer.
    same = to_user == reservation.user or (customer is not None and customer == reservation.customer)
    rules.require(same, "reservations.transfer_to_another_customer", field="to_user")
    return rules.broken


def transfer(
    reservation: Reservation,
    admitted: Admitted,
    *,
    requested_by: UUID,
    accepted_quote_fen: int | None,
    reason: str,
) -> list[Event]:
    """Pass the time on; the price is that of the new user today.

    Raises `reservations.dearer_quote_not_accepted` where it is dearer than before and the new user did not accept
    exactly this price.
    """
    before, after = reservation.quote.total_fen, admitted.quote.total_fen
    if after > before and accepted_quote_fen != after:
        raise refusal(
            "reservations.dearer_quote_not_accepted", field="accepted_quote_fen", quote_fen=after, former_fen=before
        )
    return [
        ReservationTransferred(
            user=admitted.asker.user,
            user_kind=admitted.asker.user_kind,
            former_user=reservation.user,
            requested_by=requested_by,
            quote=admitted.quote,
            former_quote_fen=before,
            accepted_quote_fen=accepted_quote_fen,
            reason=reason,
        )
    ]
