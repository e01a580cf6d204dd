# SPDX-License-Identifier: Apache-2.0
"""Publish an opening limit."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Words
from application.resources.permits import held
from application.work import Work
from domain.resources import hours
from domain.resources.events import OpeningLimitPublished

Minutes = Annotated[int, Field(le=10 * 366 * 24 * 60)]
"""At most ten years: a limit of one instrument must not break the search over all of them."""


class PublishOpeningLimit(Command):
    """Publish a limit that binds the requests made after it (JS 14, 15; CQ 14.c). None is no limit of that kind."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "earliest_minutes_before": 86400,
                "latest_minutes_before": 120,
                "cancel_minutes_before": 1440,
                "text": "最早提前60天、最迟提前2小时预约",
            }
        }
    )

    resource: UUID
    excluded_user_kinds: tuple[Code, ...] = ()
    earliest_minutes_before: Minutes | None = None
    latest_minutes_before: Minutes | None = None
    cancel_minutes_before: Minutes | None = None
    grace_minutes: Minutes = 15
    no_show_charge: bool = False
    text: Words


def publish_opening_limit(command: PublishOpeningLimit, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `hours.publish_limit` raises."""
    found = held(work, command.resource)
    limit = OpeningLimitPublished(limit_version=0, **command.model_dump(exclude={"resource"}))
    events = hours.publish_limit(found.state, limit, edition=work.edition())
    work.append(found.id, *events)
    return Result(id=found.id)
