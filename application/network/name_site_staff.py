# SPDX-License-Identifier: Apache-2.0
"""Name a person of a site."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result
from application.work import Work
from domain.network import site
from domain.network.site import SITE
from domain.parties.user import USER


class NameSiteStaff(Command):
    """Let a registered user record matches for a site (JS 17.b, CQ 11(c))."""

    TARGET: ClassVar[str | None] = "site"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"site": "7d4e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b01", "user": "3c6e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b02"}
        }
    )

    site: UUID
    user: UUID


def name_site_staff(command: NameSiteStaff, work: Work) -> Result:
    """Raises `NotFound` and what `site.name_staff` raises."""
    found = work.load(SITE, command.site)
    active = work.load(USER, command.user).state.active
    work.append(found.id, *site.name_staff(found.state, user=command.user, active=active))
    return Result(id=found.id)
