# SPDX-License-Identifier: Apache-2.0
"""Publish a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.parties.permits import WebAddress
from application.resources.permits import held, holder_of
from application.work import Work
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.resources import publication
from domain.resources.values import PublicationItems


class PublishResource(Command):
    """Open a resource to users on the platform and the unit's portal (JS 15, CQ 14).

    The portal's link is the unit's own unless stated.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "items": {
                    "sharing_rules": "《扬子理工大学大型仪器设备开放共享管理办法》",
                    "service_mode": "self_operated",
                    "service_content": "材料表面微观形貌观察",
                    "fee_standard": "见收费标准第1版",
                    "opening_limit": "最早提前60天预约",
                    "catalogue": "江苏省科技资源目录",
                },
            }
        }
    )

    resource: UUID
    items: PublicationItems
    portal_url: WebAddress | None = None


def publish_resource(command: PublishResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `publication.publish` raises."""
    found = held(work, command.resource)
    unit = work.load(UNIT, found.state.unit).state
    events = publication.publish(
        found.state,
        items=command.items,
        portal_url=command.portal_url or unit.portal_url or "",
        holder=holder_of(work, unit),
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
