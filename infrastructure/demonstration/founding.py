# SPDX-License-Identifier: Apache-2.0
"""The first days of the demonstration: who takes part, and under which rules."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from application.parties.publish_sharing_rules import PublishSharingRules
from application.parties.record_tech_sme_evidence import RecordTechSmeEvidence
from application.parties.register_legal_person import RegisterLegalPerson
from application.parties.register_unit import RegisterUnit
from application.parties.register_user import RegisterUser
from infrastructure.demonstration.people import REGISTRAR, People

if TYPE_CHECKING:
    from infrastructure.demonstration.catalogue import Catalogue, Row
    from infrastructure.demonstration.issuing import Issuer

FOUNDED = datetime(2023, 12, 1, 1, 0, tzinfo=UTC)
OFFICIAL_USER_KIND = "social_rd_organisation"
"""Officials reserve nothing; the kind of user they would be decides no price."""


@dataclass
class Founding:
    """Registers parties one minute apart."""

    catalogue: Catalogue
    issuer: Issuer
    people: People
    now: datetime = FOUNDED

    def found(self) -> None:
        """Legal persons with their evidence, units with their sharing rules, users."""
        for row in self.catalogue.legal_persons:
            self._legal_person(row)
        for row in self.catalogue.units:
            self._unit(row)
        for row in self.catalogue.users:
            self._user(row)
        for row in self.catalogue.units:
            self._sharing_rules(row)

    def _tick(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now

    def _legal_person(self, row: Row) -> None:
        command = RegisterLegalPerson(
            credit_code=row["code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            kind=row["kind"],  # type: ignore[arg-type]
            budget_status=row["budget_status"],  # type: ignore[arg-type]
            city=row["city"],
            district=row["district"],
            actual_controller=row["actual_controller"] or None,
            bank_account=f"DEMO-{row['code']}",
        )
        legal_person = self.issuer.do(command, REGISTRAR, self._tick()).id
        self.people.legal_persons[row["code"]] = legal_person
        if row["tech_sme_no"]:
            evidence = RecordTechSmeEvidence(
                legal_person=legal_person,
                number=row["tech_sme_no"],
                valid_from=date.fromisoformat(row["tech_sme_valid_from"]),
                valid_until=date.fromisoformat(row["tech_sme_valid_until"]),
            )
            self.issuer.do(evidence, REGISTRAR, self._tick())

    def _unit(self, row: Row) -> None:
        command = RegisterUnit(
            legal_person=self.people.legal_persons[row["legal_person_code"]],
            code=row["unit_code"],
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            kind=row["kind"],
            scope_mode=_scope_mode(row["kind"]),
            city=row["city"],
            district=row["district"],
            competent_department=row["competent_department"],
            portal_url=row["portal_url"],
        )
        self.people.units[row["unit_code"]] = self.issuer.do(command, REGISTRAR, self._tick()).id

    def _user(self, row: Row) -> None:
        command = RegisterUser(
            name=row["name_zh"],
            user_kind=row["user_kind"] or OFFICIAL_USER_KIND,  # type: ignore[arg-type]
            legal_person=self.people.legal_persons.get(row["legal_person_code"]),
            unit=self.people.units.get(row["unit_code"]),
            phone=row["phone"],
            email=row["email"],
        )
        self.people.users[row["user_code"]] = self.issuer.do(command, REGISTRAR, self._tick()).id
        self.people.rows[row["user_code"]] = row

    def _sharing_rules(self, row: Row) -> None:
        command = PublishSharingRules(
            unit=self.people.units[row["unit_code"]],
            title=row["sharing_rules_title"],
            number=row["sharing_rules_no"],
            digest=hashlib.sha256(row["sharing_rules_title"].encode()).hexdigest(),
            effective_from=self.now.date(),
        )
        self.issuer.do(command, self.people.first("instrument_manager", unit=row["unit_code"]), self._tick())


def _scope_mode(kind: str) -> Literal["direct", "by_reference"]:
    return "by_reference" if kind.startswith("ministry_affiliated") else "direct"
