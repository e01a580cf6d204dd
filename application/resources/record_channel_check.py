# SPDX-License-Identifier: Apache-2.0
"""Record a look at a publication channel."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Code, Command, Result
from application.parties.permits import WebAddress
from application.work import Work
from domain.kernel.time import Instant
from domain.resources.channels import CHANNEL, Look, channel_of, record_look
from domain.resources.resource import RESOURCE


class RecordChannelCheck(Command):
    """Record whether a resource's page on a publication channel answered (JS 15, CQ 14.c).

    The page of the unit's own portal is the one published with the resource. The time of the look is now unless stated.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "channel": "unit_portal",
                "url": "https://instruments.yzut.example/",
                "reachable": True,
                "detail": "HTTP 200",
            }
        }
    )

    resource: UUID
    channel: Code
    url: WebAddress
    reachable: bool
    detail: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    checked_at: Instant | None = None


def record_channel_check(command: RecordChannelCheck, work: Work) -> Result:
    """Raises `NotFound` and what `channels.record_look` raises."""
    found = work.load(RESOURCE, command.resource)
    stream = channel_of(found.id, command.channel)
    before = work.find(CHANNEL, stream)
    look = Look(command.channel, command.url, command.reachable, command.detail, command.checked_at or work.now)
    events = record_look(
        before.state if before else None,
        resource=found.id,
        published=found.state,
        look=look,
        edition=work.edition(),
        now=work.now,
    )
    work.append(stream, *events)
    return Result(id=stream)
