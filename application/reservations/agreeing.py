# SPDX-License-Identifier: Apache-2.0
"""What follows when an approval brings a request to its end, one way or the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.command import Result
from application.reservations.ending import give_back, release_voucher
from application.reservations.facts import customs_valid, takes_part
from application.vouchers.reserving import reserve_for
from domain.kernel.time import local_date
from domain.reservations.answering import UseFacts
from domain.reservations.events import ReservationConfirmed, ReservationExpired, ReservationRejected
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Loaded, Work
    from domain.kernel.event import Event
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


def use_facts(work: Work, reservation: Reservation, resource: Resource) -> UseFacts:
    """What must hold on the day of use for a reservation to be confirmed."""
    day = local_date(reservation.span.start)
    return UseFacts(
        resource.state,
        customs_valid(resource, reservation.span, work.edition(day)),
        takes_part(work, resource, day, external=reservation.external),
    )


def carried_out(work: Work, loaded: Loaded[Reservation], decided: list[Event]) -> Result:
    """Append a decision: a confirmation sets a voucher aside, any other end gives everything back."""
    work.append(loaded.id, *decided)
    reservation, reserved = loaded.state, 0
    if any(isinstance(event, ReservationRejected | ReservationExpired) for event in decided):
        give_back(work, loaded, "approval ended without confirmation")
        release_voucher(work, loaded, "approval ended without confirmation")
    elif reservation.voucher_grant is not None and any(isinstance(event, ReservationConfirmed) for event in decided):
        fee, customer = reservation.quote.total_fen, reservation.customer
        reserved = reserve_for(work, reservation.voucher_grant, loaded.id, fee, customer, reservation.user)
    after = work.load(RESERVATION, loaded.id).state
    pending = after.pending.step if after.pending else None
    return Result(loaded.id, {"state": after.state, "pending_step": pending, "voucher_reserved_fen": reserved})
