# SPDX-License-Identifier: Apache-2.0
"""What a reservation draws on and holds beside its time (practice: quotas, accessories)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from domain.reservations.judged_events import QuotaDraw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.reservations.judged_events import HeldAccessory

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
