# SPDX-License-Identifier: Apache-2.0
"""Let a place on a waiting list lapse when its range of days is over."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from domain.reservations import waiting
from domain.reservations.waiting import WAITING

if TYPE_CHECKING:
    from application.work import Work


class LapseWaiting(Command):
    """Let a place lapse that nobody can be served on any more; issued by the system, once."""

    TARGET = "waiting_id"
    model_config = ConfigDict(json_schema_extra={"example": {"waiting_id": "4e0f8c3a-52f6-5a7b-8f57-3d1f6f1c9a10"}})

    waiting_id: UUID


def lapse_waiting(command: LapseWaiting, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    loaded = work.load(WAITING, command.waiting_id)
    work.append(loaded.id, *waiting.lapse(loaded.state, now=work.now))
    return Result(loaded.id, {"state": "expired"})
