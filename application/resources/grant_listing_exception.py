# SPDX-License-Identifier: Apache-2.0
"""Grant an exception from the listing period."""

from datetime import date
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Command, Result
from application.work import Work
from domain.kernel.time import local_date
from domain.resources import listing
from domain.resources.resource import RESOURCE

Stated = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class GrantListingException(Command):
    """Excuse a late listing, with reason and document (CQ 12.b 「原则上」, A21)."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "reason": "实验楼搬迁，设备尚未安装调试",
                "document": "管委办函〔2026〕7号",
                "decided_on": "2026-03-02",
            }
        }
    )

    resource: UUID
    reason: Stated
    document: Stated
    decided_on: date


def grant_listing_exception(command: GrantListingException, work: Work) -> Result:
    """Raises `NotFound` and what `listing.grant_exception` raises."""
    found = work.load(RESOURCE, command.resource)
    events = listing.grant_exception(
        found.state,
        reason=command.reason,
        document=command.document,
        decided_on=command.decided_on,
        today=local_date(work.now),
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
