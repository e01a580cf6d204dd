# SPDX-License-Identifier: Apache-2.0
"""Update a resource."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.permits import WebAddress
from application.resources.business_days import editions_of
from application.resources.permits import held
from application.work import Work
from domain.kernel.money import Fen
from domain.resources import registration
from domain.resources.events import ResourceUpdated
from domain.resources.values import FundingShare, PublicationItems


class UpdateResource(Command):
    """Correct or renew particulars (JS 13, CQ 12.b); what is left out stays as it is."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "搬迁",
                "location": "分析测试楼B201",
            }
        }
    )

    resource: UUID
    reason: Words
    name_zh: Words | None = None
    name_en: str | None = None
    aliases: tuple[Words, ...] | None = None
    location: str | None = None
    model: str | None = None
    manufacturer: str | None = None
    origin_country: str | None = None
    class_code: str | None = None
    subject_code: str | None = None
    original_value_fen: Fen | None = None
    funding: tuple[FundingShare, ...] | None = None
    acquired_on: date | None = None
    accepted_on: date | None = None
    description: str | None = None
    items: PublicationItems | None = None
    portal_url: WebAddress | None = None


def update_resource(command: UpdateResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `registration.update` raises."""
    found = held(work, command.resource)
    change = ResourceUpdated(**{name: value for name, value in command if name != "resource"})
    then = editions_of(
        work,
        accepted_on=command.accepted_on or found.state.accepted_on,
        acquired_on=command.acquired_on or found.state.acquired_on,
    )
    events = registration.update(found.state, change, edition=work.edition(), then=then)
    work.append(found.id, *events)
    return Result(id=found.id)
