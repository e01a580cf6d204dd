# SPDX-License-Identifier: Apache-2.0
"""Say that the record of a no-show is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.proxies import require_objector
from domain.reservations import attendance
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class ContestNoShow(Command):
    """Contest a recorded no-show, with a reason (ruling 8.16)."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "reason": "当时已在样品接收室登记",
            }
        }
    )

    reservation_id: UUID
    reason: Words


def contest_no_show(command: ContestNoShow, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    require_objector(work, loaded.state)
    work.append(loaded.id, *attendance.contest(loaded.state, reason=command.reason, now=work.now))
    return Result(loaded.id, {"state": "no_show"})
