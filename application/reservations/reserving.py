# SPDX-License-Identifier: Apache-2.0
"""Takes a request in: for one booking, for each of a series, from the waiting list and from other platforms alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.errors import SlotTaken
from application.reservations.accessories import held_accessories
from application.reservations.closures import lanes_shut
from application.reservations.house import facts_for
from application.reservations.joining import joined
from application.vouchers.reserving import reserve_for
from domain.kernel.time import local_date
from domain.reservations.admission import admit
from domain.reservations.approval import About, ask
from domain.reservations.approval_chain import asked_approvals
from domain.reservations.judgement import judgement, overrides
from domain.reservations.requesting import request

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.facts import Offer, Wish
    from domain.resources.resource import Resource


def reserve(work: Work, found: Loaded[Resource], user: UUID, wish: Wish) -> Result:
    """Judge a wish and hold its time; the answer's id is the new reservation's.

    Where neighbours of one user become one, it is that of the reservation extended (`merged_into`).
    Raises `DomainError` with every broken rule, `SlotTaken`, `NotFound`.
    """
    resource, edition = found.state, work.edition()
    # What is refused on what memory knows is decided again, looking at the claims: only then are counters needed.
    looking = work.looks or not work.from_memory
    asker, offer = facts_for(work, found.id, resource, user, wish, edition, counters=looking)
    opening = resource.opening_on(local_date(wish.span.start))
    automatic = opening is not None and opening.terms.confirmation == "automatic"
    together = _joined(work, found, user, wish, offer, edition) if automatic else None
    if together is not None:
        return together
    admitted = admit(wish=wish, asker=asker, offer=offer, edition=edition, now=work.now)
    approvals = asked_approvals(admitted, manual=not automatic)
    confirmed = automatic and not approvals
    capacity = resource.capacity_on(local_date(wish.span.start))
    lane = _lane(work, capacity, admitted)
    accessories = held_accessories(work, admitted, capacity=capacity)
    reservation = work.new_id()
    work.append(
        reservation,
        *request(admitted, lane=lane, automatic=confirmed, edition=edition),
        *overrides(admitted, work.actor.user, edition=edition),
        *judgement(admitted, accessories=accessories, approvals=approvals, edition=edition),
        *ask(About.request(admitted), approvals, now=work.now),
    )
    reserved = 0
    if confirmed and wish.voucher_grant is not None:
        fee = admitted.quote.total_fen
        reserved = reserve_for(work, wish.voucher_grant, reservation, fee, asker.customer, asker.user)
    return Result(
        id=reservation,
        data={
            "state": "confirmed" if confirmed else "requested",
            "lane": lane,
            "external": asker.external,
            "quote_fen": admitted.quote.total_fen,
            "voucher_reserved_fen": reserved,
        },
    )


def _joined(
    work: Work, found: Loaded[Resource], user: UUID, wish: Wish, offer: Offer, edition: Edition
) -> Result | None:
    """Joined to a neighbour where that is published and no approval is asked for: one would be passed by."""
    house = offer.house
    if house is None or house.rules.merge_gap_minutes is None or house.rules.approval:
        return None
    return joined(work, found, user, wish, gap_minutes=house.rules.merge_gap_minutes, edition=edition)


def _lane(work: Work, capacity: int, admitted: Admitted) -> int:
    held = admitted.held
    if capacity == 1 and not work.looks:
        return 1  # where there is nothing to choose the constraint alone decides; refused, we look before we speak
    lane = work.claims.free_lane(admitted.offer.resource, capacity, held.start, held.end, but=lanes_shut(admitted))
    if lane is None:
        span = admitted.wish.span
        raise SlotTaken(resource=str(admitted.offer.resource), start=span.start.isoformat(), end=span.end.isoformat())
    return lane
