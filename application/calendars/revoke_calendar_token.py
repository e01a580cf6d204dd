# SPDX-License-Identifier: Apache-2.0
"""Take back the address of a calendar."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.errors import NotFound
from application.work import Work
from domain.calendars import feed
from domain.calendars.feed import FEED
from domain.kernel.actor import Role

KEEPERS = frozenset({Role.ADMINISTRATOR, Role.SYSTEM})


class RevokeCalendarToken(Command):
    """Make the address of a calendar worthless at once: one's own, or as administrator anybody's."""

    TARGET: ClassVar[str | None] = "feed"
    model_config = ConfigDict(
        json_schema_extra={"example": {"feed": "9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22", "reason": "地址外泄"}}
    )

    feed: UUID
    reason: Words


def revoke_calendar_token(command: RevokeCalendarToken, work: Work) -> Result:
    """Raises `NotFound`, also for a feed of somebody else, and what `feed.revoke` raises."""
    found = work.load(FEED, command.feed)
    if work.actor.role not in KEEPERS and found.state.user != work.actor.user:
        raise NotFound(kind=FEED.name, id=str(command.feed))
    work.append(found.id, *feed.revoke(found.state, reason=command.reason))
    return Result(id=found.id)
