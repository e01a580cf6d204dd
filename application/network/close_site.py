# SPDX-License-Identifier: Apache-2.0
"""Close a site."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.network import site
from domain.network.site import SITE


class CloseSite(Command):
    """End a site; `closed_on` is the first day on which it serves no more."""

    TARGET: ClassVar[str | None] = "site"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "site": "7d4e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b01",
                "reason": "并入市级站点",
                "closed_on": "2026-12-31",
            }
        }
    )

    site: UUID
    reason: Words
    closed_on: date


def close_site(command: CloseSite, work: Work) -> Result:
    """Raises `NotFound` and what `site.close` raises."""
    found = work.load(SITE, command.site)
    work.append(found.id, *site.close(found.state, reason=command.reason, closed_on=command.closed_on))
    return Result(id=found.id)
