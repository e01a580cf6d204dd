# SPDX-License-Identifier: Apache-2.0
"""How a reservation gives back what it draws on and holds, at its end or for what it draws instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.holdings import less
from domain.reservations.judged_events import HoldingsReturned

if TYPE_CHECKING:
    from domain.kernel.event import Event
    from domain.reservations.holdings import Draws
    from domain.reservations.reservation import Reservation


def returned(reservation: Reservation, reason: str) -> list[Event]:
    """All that the reservation draws on and holds goes back; no event where that is nothing.

    Every command that ends a reservation before its use appends it.
    """
    if not (reservation.draws or reservation.accessories):
        return []
    return [HoldingsReturned(draws=reservation.draws, accessories=reservation.accessories, reason=reason)]


def exchanged(reservation: Reservation, draws: Draws, reason: str) -> tuple[list[Event], Draws]:
    """What goes back when a reservation is to draw `draws` instead, and what it draws in addition.

    Only differences travel: what a move leaves as it was is no new draw, so that a cap lowered since does not stand
    in its way. Accessories all go back; they are held anew for the new time.
    """
    wanted = {draw.account: draw.amount for draw in draws}
    surplus = tuple(
        draw.model_copy(update={"amount": draw.amount - wanted.get(draw.account, 0)})
        for draw in reservation.draws
        if draw.amount > wanted.get(draw.account, 0)
    )
    added = less(draws, reservation.draws)
    if not (surplus or reservation.accessories):
        return [], added
    return [HoldingsReturned(draws=surplus, accessories=reservation.accessories, reason=reason)], added
