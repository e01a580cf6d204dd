# SPDX-License-Identifier: Apache-2.0
"""From use to money: the service order that a use opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.billing.opening import open_order
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation


def charge_use(
    work: Work, loaded: Loaded[Reservation], *, started_at: datetime, used_minutes: int, samples: int
) -> UUID | None:
    """Open the service order of a use, by the local day on which it began.

    Use for others always has one, also for nothing, so that service totals know it; own use only where it is charged.
    """
    reservation = loaded.state
    if not reservation.external and reservation.quote.total_fen == 0:
        return None
    return open_order(
        work,
        loaded.id,
        reservation,
        kind="service",
        used_on=local_date(started_at),
        used_minutes=used_minutes,
        samples=samples,
    )
