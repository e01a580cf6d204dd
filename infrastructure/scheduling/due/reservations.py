# SPDX-License-Identifier: Apache-2.0
"""Requests that nobody answered before their start: they still hold their slot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range

from application.reservations.expire_reservation import ExpireReservation
from domain.reservations.reservation import RESERVATION
from infrastructure.scheduling.due.line import DueWork

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from infrastructure.bootstrap import Jurisdiction


def never_answered(jurisdiction: Jurisdiction, now: datetime) -> Iterator[DueWork]:
    """Requests whose start has come."""
    with jurisdiction.database.reading() as cursor:
        rows: Any = cursor.execute(
            "SELECT holder FROM slot_claims WHERE during && %s ORDER BY lower(during)", (Range(None, now, "[)"),)
        ).fetchall()
    for (holder,) in rows:
        recorded = jurisdiction.log.stream(holder)
        if not recorded or not isinstance(recorded[0].event, RESERVATION.events):
            continue
        state = RESERVATION.fold(event.event for event in recorded)
        if state is not None and state.state == "requested" and state.span.start <= now:
            yield DueWork(holder, ExpireReservation(reservation_id=holder))
