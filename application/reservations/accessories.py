# SPDX-License-Identifier: Apache-2.0
"""Pieces of the accessories that a request holds together with the instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.errors import Rules
from domain.parties.unit import UNIT
from domain.reservations.beyond import piece_within
from domain.reservations.holdings import accessory_id
from domain.reservations.judged_events import HeldAccessory
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.kernel.time import Span
    from domain.reservations.admission import Admitted
    from domain.reservations.reservation import Reservation


def held_accessories(
    work: Work, admitted: Admitted, moving: Reservation | None = None, *, capacity: int
) -> tuple[HeldAccessory, ...]:
    """A free piece of each accessory wished for, for the time held. Between this and the commit a constraint decides.

    `capacity` is how many the instrument takes at a time.
    Raises `DomainError` with `reservations.accessory_taken` for each of which none is free.
    """
    house, held = admitted.offer.house, admitted.held
    if house is None or not admitted.wish.accessories:
        return ()
    quantity = {accessory.name: accessory.quantity for accessory in house.rules.accessories}
    own = {accessory.name: accessory.piece for accessory in moving.accessories} if moving else {}
    stays = moving is not None and moving.held.overlaps(held)
    rules, pieces = Rules(), []
    for name in admitted.wish.accessories:
        known = accessory_id(admitted.offer.resource, name)
        # Of one piece, or on an instrument that takes one reservation at a time, there is nothing to choose: the
        # constraint decides, and refused, we look before we speak.
        certain = 1 in (quantity[name], capacity) and not work.looks
        if _were_more(work, admitted, name, quantity[name]):
            taken = {each.lane for each in work.claims.occupants(known, held.start, held.end)}
            piece = piece_within(quantity[name], taken)
        else:
            piece = 1 if certain else work.claims.free_lane(known, quantity[name], held.start, held.end)
        if piece is None and stays:
            piece = own.get(name)  # its own old time may be all that stands in the way
        if piece is None:
            _taken(work, rules, known, quantity[name], held, name)
        else:
            pieces.append(HeldAccessory(id=known, name=name, piece=piece))
    rules.enforce()
    return tuple(pieces)


def _were_more(work: Work, admitted: Admitted, name: str, quantity: int) -> bool:
    """Whether more pieces were ever published: some that are there no more may be held still. Asks memory alone."""
    offer = admitted.offer
    here = work.load(RESOURCE, offer.resource).state.house_rules
    versions = (*here, *work.load(UNIT, offer.unit).state.house_rules)
    return any(each.name == name and each.quantity > quantity for rules in versions for each in rules.accessories)


def _taken(work: Work, rules: Rules, accessory: UUID, quantity: int, held: Span, name: str) -> None:
    """Say when a piece is free for as long, set-up and clean-down included, in the 31 days that follow."""
    again = work.claims.next_free(accessory, quantity, held.start, held.end)
    rules.require(
        False,  # noqa: FBT003 - looked at before
        "reservations.accessory_taken",
        field="accessories",
        accessory=name,
        quantity=quantity,
        free_from=again.isoformat() if again else "-",
    )
