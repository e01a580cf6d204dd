# SPDX-License-Identifier: Apache-2.0
"""Let the suspicion go that an entered use stands twice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.reservations.standing import for_provider
from domain.kernel.time import local_date
from domain.reservations import day_sheet
from domain.reservations.day_sheet import DAY_SHEET, sheet_id

if TYPE_CHECKING:
    from application.work import Work
    from domain.reservations.reservation import Reservation


class DismissDuplicate(Command):
    """Say, with a reason, that an entered use is one of its own, though an earlier record says the same (JS-16.2).

    One that does stand twice is corrected (`CorrectUsage`) instead.
    """

    TARGET = "reservation_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "reservation_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10",
                "reason": "同一用户同一时段使用了两个工位",
            }
        }
    )

    reservation_id: UUID
    reason: Words


def dismiss_duplicate(command: DismissDuplicate, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, _ = for_provider(work, command.reservation_id)
    stream = _sheet(work, loaded.id, loaded.state)
    found = work.find(DAY_SHEET, stream)
    work.append(stream, *day_sheet.dismiss(found.state if found else None, loaded.id, reason=command.reason))
    return Result(loaded.id, {"duplicate_of": None})


def _sheet(work: Work, reservation: UUID, use: Reservation) -> UUID:
    """The sheet that it was noted on: of the day it began on or, after a correction, of the day first stated."""
    begun = use.started_at or use.span.start
    streams = [sheet_id(use.resource, local_date(start)) for start in dict.fromkeys((begun, use.span.start))]
    for stream in streams:
        sheet = work.find(DAY_SHEET, stream)
        if sheet is not None and reservation in sheet.state.suspected:
            return stream
    return streams[0]
