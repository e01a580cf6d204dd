# SPDX-License-Identifier: Apache-2.0
"""Transfer a resource."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.resources.permits import held, open_reservations
from application.work import Work
from domain.kernel.actor import Role
from domain.parties.unit import UNIT, require_living
from domain.resources import custody
from domain.resources.resource import RESOURCE


class TransferResource(Command):
    """Hand a resource over to another unit (ruling 8.15); it is closed until that unit opens it.

    The council's office may do it for a unit that was merged. The answer lists open reservations for decision.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "to_unit": "5b0d2c4e-1a3e-4a53-9b9d-0e6f9d2a1b33",
                "reason": "平台整合",
            }
        }
    )

    resource: UUID
    to_unit: UUID
    reason: Words


def transfer_resource(command: TransferResource, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted`, `KeyTaken` for the asset number, and what `custody.transfer` raises."""
    by_office = work.actor.role is Role.COUNCIL_OFFICE
    found = work.load(RESOURCE, command.resource) if by_office else held(work, command.resource)
    receiver = work.load(UNIT, command.to_unit)
    require_living(receiver.state)
    hit = open_reservations(work, found)
    events = custody.transfer(
        found.state, to_unit=receiver.id, to_legal_person=receiver.state.legal_person, reason=command.reason
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"open_reservations": [str(reservation) for reservation in hit]})
