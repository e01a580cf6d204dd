# SPDX-License-Identifier: Apache-2.0
"""Record a service qualification."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Sha256, Words
from application.errors import NotPermitted
from application.guards import own_unit
from application.work import Work
from domain.kernel.actor import Role
from domain.network import qualification
from domain.network.events import QualificationRecorded
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT
from domain.resources.resource import RESOURCE


class RecordQualification(Command):
    """Enter a qualification such as CMA or CNAS with scope and validity, both days included (JS 19.b).

    It is that of a `unit`, or, entered by the service centre, of a whole `legal_person`.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "kind": "CMA",
                "number": "CMA-DEMO-0001",
                "issuer": "示例市场监督管理局",
                "scope": "金属材料力学性能检测",
                "resources": [],
                "valid_from": "2024-07-01",
                "valid_until": "2030-06-30",
                "digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            }
        }
    )

    unit: UUID | None = None
    legal_person: UUID | None = None
    kind: Code
    number: Code
    issuer: Words
    scope: Words
    resources: tuple[UUID, ...] = Field(default=(), max_length=500)
    valid_from: date
    valid_until: date
    digest: Sha256


def record_qualification(command: RecordQualification, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `qualification.record` raises."""
    legal_person = _holder(command, work)
    new = work.new_id()
    particulars = QualificationRecorded.model_validate(command.model_dump() | {"legal_person": legal_person})
    own = owns(work, command.resources, command.unit, legal_person)
    work.append(new, *qualification.record(particulars, owns_resources=own))
    return Result(id=new)


def _holder(command: RecordQualification, work: Work) -> UUID:
    if command.unit is not None:
        own_holder(work, command.unit)
        return work.load(UNIT, command.unit).state.legal_person
    if command.legal_person is None:
        raise NotPermitted(reason="unit", unit="")
    own_holder(work, None)
    return work.load(LEGAL_PERSON, command.legal_person).id


def own_holder(work: Work, unit: UUID | None) -> None:
    """A unit keeps its own qualifications, the service centre everybody's. Raises `NotPermitted`."""
    if work.actor.role in (Role.SERVICE_CENTRE, Role.SYSTEM):
        return
    if unit is None:
        raise NotPermitted(reason="unit", unit="")
    own_unit(work, unit)


def owns(work: Work, resources: tuple[UUID, ...], unit: UUID | None, legal_person: UUID) -> bool:
    """Whether the resources in the scope belong to the holder. Raises `NotFound`."""
    states = [work.load(RESOURCE, each).state for each in resources]
    if unit is not None:
        return all(state.unit == unit for state in states)
    return all(state.legal_person == legal_person for state in states)
