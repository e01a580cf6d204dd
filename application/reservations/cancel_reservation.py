# SPDX-License-Identifier: Apache-2.0
"""Give a reservation up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.ending import charge, give_back, release_voucher
from application.reservations.house import lead_at_request
from application.reservations.standing import for_either
from domain.reservations import answering
from domain.reservations.events import ReservationCancelled

if TYPE_CHECKING:
    from application.reservations.standing import Side
    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource


class CancelReservation(Command):
    """Give a reservation up, as its user or as its provider; the time is free again.

    A user who comes after the published last moment may be charged, if that was published too.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10", "reason": "样品运输延误"}
        }
    )

    reservation_id: UUID
    reason: Words


def cancel_reservation(command: CancelReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, resource, side = for_either(work, command.reservation_id)
    return cancel_for(work, loaded, resource, by=side, reason=command.reason)


def cancel_for(work: Work, loaded: Loaded[Reservation], resource: Resource, *, by: Side, reason: str) -> Result:
    """Cancel with all that follows; also for other use cases, such as the end of a contract."""
    reservation = loaded.state
    last_moment = lead_at_request(work, reservation, resource, "cancel_minutes")
    decided = answering.cancel(
        reservation,
        by=by,
        reason=reason,
        cancel_minutes_before=last_moment.minutes if last_moment else None,
        now=work.now,
    )
    work.append(loaded.id, *decided)
    give_back(work, loaded, "reservation cancelled")
    release_voucher(work, loaded, "reservation cancelled")
    late = any(isinstance(event, ReservationCancelled) and event.late for event in decided)
    order = charge(work, loaded, "late_cancel") if late else None
    return Result(loaded.id, {"state": "cancelled", "late": late, "order_id": str(order) if order else None})
