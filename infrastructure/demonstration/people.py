# SPDX-License-Identifier: Apache-2.0
"""Who acts in the demonstration: each row of users.csv in the role its kind names."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid5

from domain.kernel.actor import Actor, Role
from infrastructure.demonstration.issuing import NAMESPACE

ROLES = {
    "user": Role.USER,
    "sme_contact": Role.USER,
    "individual": Role.USER,
    "unit_administrator": Role.MANAGING_UNIT,
    "instrument_manager": Role.MANAGING_UNIT,
    "finance_clerk": Role.FINANCE_CLERK,
    "science_department_officer": Role.SCIENCE_DEPARTMENT,
    "finance_department_officer": Role.FINANCE_DEPARTMENT,
    "service_centre_officer": Role.SERVICE_CENTRE,
    "auditor": Role.AUDITOR,
    "competent_department_officer": Role.COMPETENT_DEPARTMENT,
    "council_member": Role.COUNCIL,
    "council_office_officer": Role.COUNCIL_OFFICE,
    "expert": Role.EXPERT_COMMITTEE,
    "broker": Role.BROKER,
    "site_staff": Role.BROKER,
    "third_party_reviewer": Role.THIRD_PARTY_INSTITUTION,
}
REGISTRAR = Actor(user=uuid5(NAMESPACE, "registrar"), role=Role.ADMINISTRATOR)


@dataclass
class People:
    """Ids given to codes, and the actors made of them."""

    legal_persons: dict[str, UUID] = field(default_factory=dict)
    units: dict[str, UUID] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def actor(self, user_code: str, role: Role | None = None) -> Actor:
        """The person of a code, in the role of their kind unless another is named."""
        row = self.rows[user_code]
        return Actor(
            user=self.users[user_code],
            role=role or ROLES[row["kind"]],
            organisation=self.legal_persons.get(row["legal_person_code"]),
            unit=self.units.get(row["unit_code"]),
        )

    def first(self, kind: str, *, unit: str = "", legal_person: str = "", place: int = 0) -> Actor:
        """The person at a place among those of a kind. Raises IndexError where there is none."""
        codes = [
            code
            for code, row in self.rows.items()
            if row["kind"] == kind and unit in ("", row["unit_code"]) and legal_person in ("", row["legal_person_code"])
        ]
        return self.actor(codes[place])
