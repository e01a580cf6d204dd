# SPDX-License-Identifier: Apache-2.0
"""Register a user."""

from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.parties.permits import affiliation_of, may_keep_user
from application.work import Work
from domain.kernel.personal import Personal
from domain.parties import user
from domain.parties.events import UserKind, UserRegistered


class RegisterUser(Command):
    """Enter a person; name, phone, address of mail and identity number are stored encrypted."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "name": "孟知微",
                "user_kind": "university",
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "unit": "7a1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b22",
                "phone": "19900010001",
                "email": "user@instruments.yzut.example",
            }
        }
    )

    name: Words
    user_kind: UserKind
    legal_person: UUID | None = None
    unit: UUID | None = None
    phone: Words | None = None
    email: Words | None = None
    identity_number: Words | None = None


def register_user(command: RegisterUser, work: Work) -> Result:
    """Raises `NotFound`, `NotPermitted` and what `user.register` raises."""
    may_keep_user(work, command.unit)
    new = work.new_id()

    def personal(text: str | None) -> Personal | None:
        return None if text is None else Personal.of(new, text)

    particulars = UserRegistered(
        name=Personal.of(new, command.name),
        user_kind=command.user_kind,
        legal_person=command.legal_person,
        unit=command.unit,
        phone=personal(command.phone),
        email=personal(command.email),
        identity_number=personal(command.identity_number),
    )
    affiliation = affiliation_of(work, command.legal_person, command.unit)
    work.append(new, *user.register(particulars, affiliation=affiliation))
    return Result(id=new)
