# SPDX-License-Identifier: Apache-2.0
"""Who acts: a pseudonymous person in one role for one organisation."""

from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict


class Role(StrEnum):
    """The roles of the regulations (JS 3-8, 17, 19, 22, 31; CQ 3-9, 15, 16) and those of this system."""

    USER = "user"
    MANAGING_UNIT = "managing_unit"
    PROFESSIONAL_INSTITUTION = "professional_institution"
    OPERATOR = "operator"
    BROKER = "broker"
    FINANCE_CLERK = "finance_clerk"
    SERVICE_CENTRE = "service_centre"
    RECEIVING_PLATFORM = "receiving_platform"
    COUNCIL = "council"
    COUNCIL_OFFICE = "council_office"
    EXPERT_COMMITTEE = "expert_committee"
    SCIENCE_DEPARTMENT = "science_department"
    FINANCE_DEPARTMENT = "finance_department"
    COMPETENT_DEPARTMENT = "competent_department"
    LOCAL_GOVERNMENT = "local_government"
    THIRD_PARTY_INSTITUTION = "third_party_institution"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Actor(BaseModel):
    """The person behind a command. `organisation` is a legal person, `unit` one of its managing units."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    user: UUID
    role: Role
    organisation: UUID | None = None
    unit: UUID | None = None


SYSTEM = Actor(user=UUID("00000000-0000-7000-8000-000000000001"), role=Role.SYSTEM)
"""The system itself: what falls due, and what it writes down of its own accord."""
