# SPDX-License-Identifier: Apache-2.0
"""Map a managing unit to another legal person."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.work import Work
from domain.kernel.time import local_date
from domain.parties import unit
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import UNIT


class MapUnitToLegalPerson(Command):
    """Say to which legal person a unit belongs from a day on that has come (JS 30.a)."""

    TARGET: ClassVar[str | None] = "unit"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "effective_from": "2026-01-01",
                "decision_reference": "苏科办〔2026〕3号",
            }
        }
    )

    unit: UUID
    legal_person: UUID
    effective_from: date
    decision_reference: Words


def map_unit_to_legal_person(command: MapUnitToLegalPerson, work: Work) -> Result:
    """Raises `NotFound` and what `unit.map_to` raises."""
    found = work.load(UNIT, command.unit)
    owner = work.load(LEGAL_PERSON, command.legal_person)
    require_decision(work, command.decision_reference)
    events = unit.map_to(
        found.state,
        legal_person=owner.id,
        effective_from=command.effective_from,
        decision_reference=command.decision_reference,
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
