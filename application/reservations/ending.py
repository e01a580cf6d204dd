# SPDX-License-Identifier: Apache-2.0
"""What follows when a reservation ends without use: its voucher is free again, a published charge falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from application.billing.opening import open_order
from application.reservations import charging
from application.vouchers.reserving import release_for
from domain.kernel.time import local_date
from domain.reservations.giving_back import returned
from domain.reservations.judged_events import HoldingsReturned

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation


def release_voucher(work: Work, loaded: Loaded[Reservation], reason: str) -> int:
    """Release what the reservation set aside of a voucher (ruling 8.3); the amount in fen, 0 where there is none."""
    grant = loaded.state.voucher_grant
    return release_for(work, grant, loaded.id, reason) if grant is not None else 0


def give_back(work: Work, loaded: Loaded[Reservation], reason: str) -> None:
    """Give back what the reservation draws on counters and holds of accessories; nothing where that is nothing."""
    work.append(loaded.id, *returned(loaded.state, reason))


def free_accessories(work: Work, loaded: Loaded[Reservation], reason: str) -> None:
    """Give back the accessories of a time that is over; what was drawn on counters stays used."""
    held = loaded.state.accessories
    if held:
        work.append(loaded.id, HoldingsReturned(accessories=held, reason=reason))


def charge(work: Work, loaded: Loaded[Reservation], kind: Literal["no_show", "late_cancel"]) -> UUID | None:
    """Open an order over the time reserved, where the limit published before the request says so (rulings 8.8, 8.17).

    It is judged by today's fee standard: today is the day of the fact charged for.
    """
    reservation = loaded.state
    if not reservation.no_show_charge or reservation.quote.total_fen == 0:
        return None
    return open_order(
        work,
        loaded.id,
        reservation,
        kind=kind,
        used_on=local_date(work.now),
        use=charging.reserved_time(reservation),
    )
