# SPDX-License-Identifier: Apache-2.0
"""Say how one wants to be told."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.notices.inboxes import own_inbox, registered_ways
from application.work import Work
from domain.notices import inbox
from domain.notices.addressee import inbox_of
from domain.notices.events import Channel, Language, PreferencesSet
from domain.notices.inbox import INBOX, REMINDERS


class SetNoticePreferences(Command):
    """How to be told, in full each time: what is left out is as if it had never been said.

    `channel` says by which one way notices leave the platform: by default mail where there is an address, else
    messages. All of them lie in the inbox as well. Quiet hours are minutes after local midnight and may pass over
    it; `reminders` are minutes before a reservation, none of them for no reminder.
    """

    TARGET: ClassVar[str | None] = "inbox"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "owner": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "channel": "in_app",
                "language": "en",
                "quiet_from": 1320,
                "quiet_until": 420,
                "reminders": [1440, 60],
            }
        }
    )

    owner: UUID
    """Oneself, or the unit one works for."""
    channel: Channel | None = None
    language: Language = "zh"
    quiet_from: int | None = None
    quiet_until: int | None = None
    reminders: Annotated[tuple[int, ...], Field(max_length=50)] = REMINDERS
    muted: Annotated[tuple[Code, ...], Field(max_length=50)] = ()

    @property
    def inbox(self) -> UUID:
        """The stream of the owner's addresses and preferences."""
        return inbox_of(self.owner)


def set_notice_preferences(command: SetNoticePreferences, work: Work) -> Result:
    """Raises `NotPermitted` and what `inbox.set_preferences` raises."""
    owner = own_inbox(work, command.owner)
    registered = registered_ways(work, owner).keys()
    found = work.find(INBOX, owner.inbox)
    change = PreferencesSet(addressee=owner, **command.model_dump(exclude={"owner"}))
    work.append(owner.inbox, *inbox.set_preferences(found.state if found else None, change, registered=registered))
    return Result(id=owner.inbox)
