# SPDX-License-Identifier: Apache-2.0
"""Reassign a large instrument."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.resources.permits import open_reservations
from application.work import Work
from domain.parties.unit import UNIT, require_living
from domain.resources import custody
from domain.resources.resource import RESOURCE


class ReassignResource(Command):
    """Move a large instrument to another unit as a measure after two failed years (JS 27.c, A74).

    The answer lists open reservations for decision.
    """

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "to_unit": "5b0d2c4e-1a3e-4a53-9b9d-0e6f9d2a1b33",
                "decision_reference": "苏科发〔2026〕21号",
                "reason": "连续两年考核不合格",
            }
        }
    )

    resource: UUID
    to_unit: UUID
    decision_reference: Words
    reason: Words


def reassign_resource(command: ReassignResource, work: Work) -> Result:
    """Raises `NotFound`, `KeyTaken` where the unit has that asset number, and what `custody.reassign` raises."""
    found = work.load(RESOURCE, command.resource)
    receiver = work.load(UNIT, command.to_unit)
    require_living(receiver.state)
    require_decision(work, command.decision_reference)
    hit = open_reservations(work, found)
    events = custody.reassign(
        found.state,
        to_unit=receiver.id,
        to_legal_person=receiver.state.legal_person,
        decision_reference=command.decision_reference,
        reason=command.reason,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"open_reservations": [str(reservation) for reservation in hit]})
