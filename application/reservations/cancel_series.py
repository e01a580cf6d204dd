# SPDX-License-Identifier: Apache-2.0
"""Cancel what is left of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.reservations.cancel_reservation import cancel_for
from application.reservations.standing import for_either
from domain.kernel.time import Instant
from domain.reservations.series.series import SERIES, end

if TYPE_CHECKING:
    from pydantic import JsonValue

    from application.reservations.standing import Side
    from application.work import Work

OPEN = ("requested", "confirmed")


class CancelSeries(Command):
    """Cancel the reservations of a series that have not begun, from a moment on, by default from now on.

    Each is cancelled like a single one, with what that costs; what was used or has begun stays, and so do those moved
    to before that moment.
    """

    TARGET = "series_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "series_id": "0b0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a77",
                "cancel_from": "2026-05-01T00:00:00+08:00",
                "reason": "课题结题",
            }
        }
    )

    series_id: UUID
    cancel_from: Instant | None = Field(default=None, description="What starts then or later; now where it is left out")
    reason: Words


def cancel_series(command: CancelSeries, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded = work.load(SERIES, command.series_id)
    since = max(command.cancel_from or work.now, work.now)
    told: list[JsonValue] = []
    cancelled: list[UUID] = []
    by: Side = "user"
    for booked in loaded.state.booked:
        each, resource, by = for_either(work, booked.reservation)
        if each.state.state in OPEN and each.state.span.start >= since:
            outcome = cancel_for(work, each, resource, by=by, reason=command.reason)
            told.append({"reservation": str(each.id), **outcome.data})
            cancelled.append(each.id)
    work.append(loaded.id, *end(loaded.state, ended_from=since, by=by, reason=command.reason, cancelled=cancelled))
    return Result(loaded.id, {"cancelled": told})
