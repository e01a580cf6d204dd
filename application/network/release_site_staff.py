# SPDX-License-Identifier: Apache-2.0
"""Release a person of a site."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.network import site
from domain.network.site import SITE


class ReleaseSiteStaff(Command):
    """End a person's work for a site."""

    TARGET: ClassVar[str | None] = "site"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "7d4e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b01",
                "user": "3c6e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b02",
                "reason": "调离",
            }
        }
    )

    site: UUID
    user: UUID
    reason: Words


def release_site_staff(command: ReleaseSiteStaff, work: Work) -> Result:
    """Raises `NotFound` and what `site.release_staff` raises."""
    found = work.load(SITE, command.site)
    work.append(found.id, *site.release_staff(found.state, user=command.user, reason=command.reason))
    return Result(id=found.id)
