# SPDX-License-Identifier: Apache-2.0
"""Change the particulars of a site."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.network.permits import Text
from application.work import Work
from domain.network import site
from domain.network.events import SiteChanged
from domain.network.site import SITE


class ChangeSite(Command):
    """Correct or renew particulars of a site; fields left out stay as they are."""

    TARGET: ClassVar[str | None] = "site"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"site": "7d4e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b01", "reason": "迁址", "place": "示例路2号"}
        }
    )

    site: UUID
    reason: Words
    name_zh: Words | None = None
    name_en: Text | None = None
    city: Words | None = None
    district: Text | None = None
    place: Text | None = None
    industry: Text | None = None
    services: tuple[Words, ...] | None = Field(default=None, max_length=50)


def change_site(command: ChangeSite, work: Work) -> Result:
    """Raises `NotFound` and what `site.change` raises."""
    found = work.load(SITE, command.site)
    change = SiteChanged.model_validate(command.model_dump(exclude={"site"}))
    work.append(found.id, *site.change(found.state, change, edition=work.edition()))
    return Result(id=found.id)
