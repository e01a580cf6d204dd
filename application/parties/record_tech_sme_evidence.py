# SPDX-License-Identifier: Apache-2.0
"""Record the proof that an enterprise is a technology SME."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.work import Work
from domain.parties import legal_person
from domain.parties.legal_person import LEGAL_PERSON


class RecordTechSmeEvidence(Command):
    """Note the registration of an enterprise as a technology SME, both days included."""

    TARGET: ClassVar[str | None] = "legal_person"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "number": "2026320100A0000001",
                "valid_from": "2026-03-01",
                "valid_until": "2026-12-31",
            }
        }
    )

    legal_person: UUID
    number: Code
    valid_from: date
    valid_until: date


def record_tech_sme_evidence(command: RecordTechSmeEvidence, work: Work) -> Result:
    """Raises `NotFound` and what `legal_person.record_sme_evidence` raises."""
    found = work.load(LEGAL_PERSON, command.legal_person)
    events = legal_person.record_sme_evidence(
        found.state,
        number=command.number,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
