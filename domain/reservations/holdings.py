# SPDX-License-Identifier: Apache-2.0
"""What a reservation draws on and holds beside its time, and how it gives that back (practice: quotas, accessories)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.reservations.judged_events import HoldingsReturned, QuotaDraw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.event import Event
    from domain.reservations.judged_events import HeldAccessory
    from domain.reservations.reservation import Reservation

Draws = tuple[QuotaDraw, ...]


def accessory_id(instrument: UUID, name: str) -> UUID:
    """Under which id an accessory of an instrument is held, in as many lanes as there are pieces."""
    return uuid5(instrument, f"accessory:{name}")


def accessory_holder(reservation: UUID, name: str) -> UUID:
    """Under which id a reservation holds an accessory."""
    return uuid5(reservation, f"accessory:{name}")


def together(draws: Draws, more: Draws) -> Draws:
    """One draw for each counter, with the sum of the amounts and the cap published last."""
    found = {draw.account: draw for draw in draws}
    for draw in more:
        before = found.get(draw.account)
        found[draw.account] = draw.model_copy(update={"amount": draw.amount + before.amount}) if before else draw
    return tuple(found.values())


def less(draws: Draws, given_back: Draws) -> Draws:
    """What is left of the draws."""
    back = {draw.account: draw.amount for draw in given_back}
    left = (draw.model_copy(update={"amount": draw.amount - back.get(draw.account, 0)}) for draw in draws)
    return tuple(draw for draw in left if draw.amount > 0)


def without(held: Iterable[HeldAccessory], given_back: Iterable[HeldAccessory]) -> tuple[HeldAccessory, ...]:
    """The accessories that are still held."""
    gone = {accessory.id for accessory in given_back}
    return tuple(accessory for accessory in held if accessory.id not in gone)


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
