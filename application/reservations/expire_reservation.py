# SPDX-License-Identifier: Apache-2.0
"""Close a request that nobody answered before its start."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.reservations.ending import give_back, release_voucher
from domain.reservations import answering
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class ExpireReservation(Command):
    """Let an unanswered request lapse at its start. The system's own command."""

    TARGET = "reservation_id"
    model_config = ConfigDict(json_schema_extra={"example": {"reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"}})

    reservation_id: UUID


def expire_reservation(command: ExpireReservation, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    work.append(loaded.id, *answering.expire(loaded.state, now=work.now))
    give_back(work, loaded, "reservation expired")
    release_voucher(work, loaded, "reservation expired")
    return Result(loaded.id, {"state": "expired"})
