# SPDX-License-Identifier: Apache-2.0
"""Say under which identity a user is known in a unit's own platform."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import ConfigDict, StringConstraints

from application.command import Command, Result
from application.guards import own_unit
from application.work import Work
from domain.kernel.personal import Personal
from domain.parties import identities
from domain.parties.user import USER

Source = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
Identity = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class LinkExternalIdentity(Command):
    """Link a user's identity in the unit's own platform, so that imports find them (JS 16.b). It is stored encrypted.

    Nobody is ever linked, or entered, by an import itself.
    """

    TARGET: ClassVar[str | None] = "user"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "user": "2c1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b44",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "source": "lims",
                "external_user": "S2023-0117",
            }
        }
    )

    user: UUID
    unit: UUID
    source: Source
    external_user: Identity


def link_external_identity(command: LinkExternalIdentity, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`, `KeyTaken` where it is another person's."""
    found = work.load(USER, command.user)
    own_unit(work, command.unit)
    decided = identities.link(
        found.state,
        unit=command.unit,
        source=command.source,
        external_user=Personal.of(found.id, command.external_user),
        digest=identities.identity_digest(command.unit, command.source, command.external_user),
        edition=work.edition(),
    )
    work.append(found.id, *decided)
    return Result(found.id)
