# SPDX-License-Identifier: Apache-2.0
"""Say how one wants to be told."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.notices.inboxes import inbox_of, registered_ways
from application.work import Work
from domain.notices import inbox
from domain.notices.events import Channel, Language, PreferencesSet
from domain.notices.inbox import INBOX, REMINDERS


class SetNoticePreferences(Command):
    """How to be told, in full each time: what is left out is as if it had never been said.

    `channel` says by which one way notices leave the platform: by default mail where there is an address, else
    messages. All of them lie in the inbox as well. Quiet hours are minutes after local midnight and may pass over
    it; `reminders` are minutes before a reservation, none of them for no reminder.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "channel": "in_app",
                "language": "en",
                "quiet_from": 1320,
                "quiet_until": 420,
                "reminders": [1440, 60],
            }
        }
    )

    channel: Channel | None = None
    language: Language = "zh"
    quiet_from: int | None = None
    quiet_until: int | None = None
    reminders: Annotated[tuple[int, ...], Field(max_length=50)] = REMINDERS
    muted: Annotated[tuple[Code, ...], Field(max_length=50)] = ()
    unit: UUID | None = None


def set_notice_preferences(command: SetNoticePreferences, work: Work) -> Result:
    """Raises `NotPermitted` and what `inbox.set_preferences` raises."""
    owner = inbox_of(work, command.unit)
    registered = registered_ways(work, owner).keys()
    found = work.find(INBOX, owner.inbox)
    change = PreferencesSet(addressee=owner, **command.model_dump(exclude={"unit"}))
    work.append(owner.inbox, *inbox.set_preferences(found.state if found else None, change, registered=registered))
    return Result(id=owner.inbox)
