# SPDX-License-Identifier: Apache-2.0
"""Mark notices as read."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result
from application.notices.inboxes import own_inbox
from application.work import Work
from domain.notices.delivery import READING
from domain.notices.events import NoticeRead


class MarkNoticesRead(Command):
    """Mark notices as read in one's own inbox, or in that of the unit that `owner` names; what was read stays so."""

    model_config = ConfigDict(json_schema_extra={"example": {"notices": ["9a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22"]}})

    notices: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=200)]
    owner: UUID | None = None


def mark_notices_read(command: MarkNoticesRead, work: Work) -> Result:
    """Raises `NotPermitted`. Each reader has records of their own: naming a notice of others touches nothing."""
    owner = own_inbox(work, command.owner)
    news = 0
    for notice in dict.fromkeys(command.notices):
        record = owner.reading_of(notice)
        if work.find(READING, record) is None:
            work.append(record, NoticeRead(notice=notice, addressee=owner))
            news += 1
    return Result(id=owner.inbox, data={"marked": news})
