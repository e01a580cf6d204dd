# SPDX-License-Identifier: Apache-2.0
"""Change the particulars of a legal person."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.register_legal_person import CONFIDENTIAL, confidential
from application.work import Work
from domain.parties import legal_person
from domain.parties.events import BudgetStatus, LegalPersonDetailsChanged
from domain.parties.legal_person import LEGAL_PERSON


class ChangeLegalPersonDetails(Command):
    """Correct or renew particulars; what is left out stays as it is."""

    TARGET: ClassVar[str | None] = "legal_person"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "reason": "更名",
                "name_zh": "扬子理工大学（南京）",
            }
        }
    )

    legal_person: UUID
    reason: Words
    name_zh: Words | None = None
    name_en: str | None = None
    budget_status: BudgetStatus | None = None
    city: Words | None = None
    district: str | None = None
    legal_representative: Words | None = None
    actual_controller: Words | None = None
    bank_account: Words | None = None
    contact_phone: Words | None = None
    registered_address: Words | None = None


def change_legal_person_details(command: ChangeLegalPersonDetails, work: Work) -> Result:
    """Raises `NotFound` and what `legal_person.change_details` raises."""
    found = work.load(LEGAL_PERSON, command.legal_person)
    plain = command.model_dump(exclude={"legal_person", *CONFIDENTIAL})
    change = LegalPersonDetailsChanged(**(plain | confidential(found.id, command)))
    work.append(found.id, *legal_person.change_details(found.state, change))
    return Result(id=found.id)
