# SPDX-License-Identifier: Apache-2.0
"""Let a professional institution join the platform."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result
from application.work import Work
from domain.parties import legal_person
from domain.parties.legal_person import LEGAL_PERSON


class JoinPlatform(Command):
    """Accept a professional institution under its agreement (JS 19.c, CQ 15.a)."""

    TARGET: ClassVar[str | None] = "legal_person"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "agreement_number": "JM-2026-001",
                "joined_on": "2026-03-01",
            }
        }
    )

    legal_person: UUID
    agreement_number: Code
    joined_on: date


def join_platform(command: JoinPlatform, work: Work) -> Result:
    """Raises `NotFound` and what `legal_person.join` raises."""
    found = work.load(LEGAL_PERSON, command.legal_person)
    events = legal_person.join(found.state, agreement_number=command.agreement_number, joined_on=command.joined_on)
    work.append(found.id, *events)
    return Result(id=found.id)
