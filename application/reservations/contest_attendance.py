# SPDX-License-Identifier: Apache-2.0
"""Object to how a use was judged."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.proxies import require_objector
from domain.reservations import conduct
from domain.reservations.reservation import RESERVATION

if TYPE_CHECKING:
    from application.work import Work


class ContestAttendance(Command):
    """Object to a judgement of attendance, with a reason, before it costs points (ruling 8.16)."""

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "reason": "前一位用户超时，仪器未能按时交接",
            }
        }
    )

    reservation_id: UUID
    reason: Words


def contest_attendance(command: ContestAttendance, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(RESERVATION, command.reservation_id)
    require_objector(work, loaded.state)
    work.append(loaded.id, *conduct.contest(loaded.state, reason=command.reason, now=work.now))
    return Result(loaded.id)
