# SPDX-License-Identifier: Apache-2.0
"""Take back under which identity a user is known in a unit's own platform."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.guards import own_unit
from application.parties.link_external_identity import Identity, Source
from application.work import Work
from domain.parties import identities
from domain.parties.user import USER


class UnlinkExternalIdentity(Command):
    """Unlink an identity, with a reason; what was imported under it stays the user's."""

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "source": "lims",
                "external_user": "S2023-0117",
                "reason": "账号已转给他人",
            }
        }
    )

    user: UUID
    unit: UUID
    source: Source
    external_user: Identity
    reason: Words


def unlink_external_identity(command: UnlinkExternalIdentity, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(USER, command.user)
    own_unit(work, command.unit)
    digest = identities.identity_digest(command.unit, command.source, command.external_user)
    decided = identities.unlink(
        found.state, unit=command.unit, source=command.source, digest=digest, reason=command.reason
    )
    work.append(found.id, *decided)
    return Result(found.id)
