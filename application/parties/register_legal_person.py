# SPDX-License-Identifier: Apache-2.0
"""Register a legal person or a branch."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.work import Work
from domain.kernel.personal import Personal
from domain.parties import legal_person
from domain.parties.events import BudgetStatus, LegalPersonKind, LegalPersonRegistered
from domain.parties.legal_person import LEGAL_PERSON


class RegisterLegalPerson(Command):
    """Enter a legal person under its unified social credit code; a branch names its `head_office`.

    The last five particulars are personal or confidential: they are stored encrypted.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "credit_code": "12993200DEMJ00011Y",
                "name_zh": "扬子理工大学",
                "name_en": "Yangzi University of Technology",
                "kind": "university",
                "budget_status": "departmental_budget",
                "city": "南京市",
                "district": "栖霞区",
            }
        }
    )

    credit_code: Words
    name_zh: Words
    name_en: str = ""
    kind: LegalPersonKind
    budget_status: BudgetStatus
    city: Words
    district: str = ""
    head_office: UUID | None = None
    legal_representative: Words | None = None
    actual_controller: Words | None = None
    bank_account: Words | None = None
    contact_phone: Words | None = None
    registered_address: Words | None = None


CONFIDENTIAL = ("legal_representative", "actual_controller", "bank_account", "contact_phone", "registered_address")


def confidential(subject: UUID, command: Command) -> dict[str, Personal]:
    """The confidential particulars that a command states, each bound to the legal person it describes."""
    stated = {name: getattr(command, name) for name in CONFIDENTIAL}
    return {name: Personal.of(subject, text) for name, text in stated.items() if text is not None}


def register_legal_person(command: RegisterLegalPerson, work: Work) -> Result:
    """Raises `NotFound` for an unknown head office and what `legal_person.register` raises."""
    new = work.new_id()
    head = work.load(LEGAL_PERSON, command.head_office).state if command.head_office else None
    plain = command.model_dump(exclude=set(CONFIDENTIAL))
    particulars = LegalPersonRegistered(**(plain | confidential(new, command)))
    work.append(new, *legal_person.register(particulars, head_office=head))
    return Result(id=new)
