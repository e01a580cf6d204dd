# SPDX-License-Identifier: Apache-2.0
"""What a move, a resize and a merger of neighbours have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.vouchers.reserving import release_for, reserve_for
from domain.kernel.time import local_date
from domain.reservations.approval import About, ask
from domain.reservations.giving_back import exchanged
from domain.reservations.judgement import judgement, overrides
from domain.reservations.requesting import reschedule

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.work import Work
    from domain.kernel.event import Event
    from domain.policy import Edition
    from domain.reservations.admission import Admitted
    from domain.reservations.judged_events import AskedApproval, HeldAccessory
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


def moved(  # noqa: PLR0913 - what a move is
    work: Work,
    reservation: Reservation,
    admitted: Admitted,
    *,
    lane: int,
    reason: str,
    consent: str,
    accessories: tuple[HeldAccessory, ...],
    approvals: tuple[AskedApproval, ...] = (),
    edition: Edition,
) -> list[Event]:
    """The move, what goes back with the old time, and what the new time is judged by and draws in addition.

    With `approvals` it is a request again and holds the new time until they are given.
    """
    events = reschedule(reservation, admitted, lane=lane, reason=reason, consent=consent, now=work.now)
    back, added = exchanged(reservation, admitted.draws, reason)
    judged = judgement(
        admitted,
        draws=added,
        accessories=accessories,
        approvals=approvals,
        anew=reservation.judged is not None,
        edition=edition,
    )
    set_aside = overrides(admitted, work.actor.user, edition=edition)
    return [*events, *back, *set_aside, *judged, *ask(About.request(admitted), approvals, now=work.now)]


def confirms_at_once(resource: Resource, start: datetime) -> bool:
    """Whether the terms published for a time confirm a request without anybody's hand."""
    opening = resource.opening_on(local_date(start))
    return opening is not None and opening.terms.confirmation == "automatic"


def adjust_voucher(work: Work, own: UUID, reservation: Reservation, fee_fen: int) -> int:
    """Set aside for the new fee instead of the old one; the amount in fen, 0 where no voucher is named."""
    grant = reservation.voucher_grant
    if grant is None:
        return 0
    release_for(work, grant, own, "rescheduled")
    return reserve_for(work, grant, own, fee_fen, reservation.customer, reservation.user)
