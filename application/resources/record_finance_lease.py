# SPDX-License-Identifier: Apache-2.0
"""Record a finance lease."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.resources.permits import held
from application.work import Work
from domain.parties.legal_person import LEGAL_PERSON
from domain.resources import leasing


class RecordFinanceLease(Command):
    """Name who owns and who operates a leased resource (CQ 15.c); its unit belongs to one of the two."""

    TARGET: ClassVar[str | None] = "resource"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "lessor": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "lessee": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c12",
                "contract_number": "RZ-2026-001",
                "valid_from": "2026-01-01",
                "valid_until": "2028-12-31",
            }
        }
    )

    resource: UUID
    lessor: UUID | None = None
    lessee: UUID | None = None
    contract_number: Code
    valid_from: date
    valid_until: date


def record_finance_lease(command: RecordFinanceLease, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `leasing.record_lease` raises."""
    found = held(work, command.resource)
    events = leasing.record_lease(
        found.state,
        lessor=_party(work, command.lessor),
        lessee=_party(work, command.lessee),
        contract_number=command.contract_number,
        valid_from=command.valid_from,
        valid_until=command.valid_until,
    )
    work.append(found.id, *events)
    return Result(id=found.id)


def _party(work: Work, legal_person: UUID | None) -> leasing.Party | None:
    if legal_person is None:
        return None
    return leasing.Party(legal_person, work.load(LEGAL_PERSON, legal_person).state.branch)
