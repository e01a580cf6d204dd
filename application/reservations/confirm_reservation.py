# SPDX-License-Identifier: Apache-2.0
"""Agree to a request; a voucher named with it is set aside (ruling 8.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.reservations.facts import customs_valid, takes_part
from application.reservations.standing import for_provider
from application.vouchers.reserving import reserve_for
from domain.kernel.time import local_date
from domain.reservations import answering
from domain.reservations.four_eyes import require_not_own

if TYPE_CHECKING:
    from application.work import Work


class ConfirmReservation(Command):
    """Agree to a request, before its start; never to one's own."""

    TARGET = "reservation_id"
    model_config = ConfigDict(json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"}})

    reservation_id: UUID


def confirm_reservation(command: ConfirmReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, resource = for_provider(work, command.reservation_id)
    reservation = loaded.state
    require_not_own(reservation, work.actor.user, "reservations.own_request")
    edition = work.edition()
    day = local_date(reservation.span.start)
    use_edition = work.edition(day)
    decided = answering.confirm(
        reservation,
        resource_state=resource.state,
        customs_valid=customs_valid(resource, reservation.span, use_edition),
        provider_takes_part=takes_part(work, resource, day, external=reservation.external),
        edition=edition,
        now=work.now,
    )
    work.append(loaded.id, *decided)
    reserved = 0
    if reservation.voucher_grant is not None:
        fee, customer = reservation.quote.total_fen, reservation.customer
        reserved = reserve_for(work, reservation.voucher_grant, loaded.id, fee, customer, reservation.user)
    return Result(loaded.id, {"state": "confirmed", "voucher_reserved_fen": reserved})
