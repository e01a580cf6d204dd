# SPDX-License-Identifier: Apache-2.0
"""A client of the API with identities, and an instrument to reserve: what the tests of this folder share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any
from uuid import UUID

from application.bus import Request
from application.parties.publish_sharing_rules import PublishSharingRules
from application.parties.register_legal_person import RegisterLegalPerson
from application.parties.register_unit import RegisterUnit
from application.parties.register_user import RegisterUser
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.publish_opening import PublishOpening
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.actor import Actor, Role
from tests.application.deciding import standard_in_force

if TYPE_CHECKING:
    from fastapi.testclient import TestClient
    from httpx2 import Response

    from application.command import Command, Result
    from infrastructure.bootstrap import Jurisdiction, Platform

YEAR_BEGAN, TODAY = date(2026, 1, 1), date(2026, 3, 2)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
NUMBERS = count(1)
"""Of tokens and keys, never the same twice: the application is one for all tests and remembers tokens."""
NOBODY = UUID(int=7)
MORNING = {"start": "2026-03-04T09:00:00+08:00", "end": "2026-03-04T11:00:00+08:00"}
"""Wednesday after the tests' noon, inside the opening hours."""


@dataclass
class Desk:
    """Who is at the counter: a client, the platform behind it, and tokens for anybody."""

    platform: Platform
    client: TestClient
    name: str = "jiangsu"

    @property
    def jurisdiction(self) -> Jurisdiction:
        return self.platform.jurisdictions[self.name]

    def bearer(
        self,
        role: Role | str,
        *,
        user: UUID | None = None,
        organisation: UUID | None = None,
        unit: UUID | None = None,
        expires_at: datetime | None = None,
    ) -> dict[str, str]:
        """The header of a new token."""
        secret = f"{self.name}.secret-{next(NUMBERS)}"
        with self.jurisdiction.database.writing() as cursor:
            cursor.execute(
                "INSERT INTO token_claims (token_hash, user_id, role, organisation, unit, expires_at)"
                " VALUES (%s, %s, %s, %s, %s, %s)",
                (
                    hashlib.sha256(secret.encode()).hexdigest(),
                    user or self.platform.ids(),
                    str(role),
                    organisation,
                    unit,
                    expires_at,
                ),
            )
        return {"Authorization": f"Bearer {secret}"}

    def manager(self, province: Province) -> dict[str, str]:
        """The staff of the province's unit."""
        return self.bearer(
            Role.MANAGING_UNIT, user=province.manager, organisation=province.provider, unit=province.unit
        )

    def customer(self, province: Province) -> dict[str, str]:
        """The province's user, who works for the customer."""
        return self.bearer(Role.USER, user=province.user, organisation=province.customer)

    def send(self, path: str, body: dict[str, Any] | None, headers: dict[str, str], /, **more: str) -> Response:
        """A write under a key of its own, unless one is given."""
        given = {"Idempotency-Key": f"key-{next(NUMBERS)}", **headers, **more}
        return self.client.post(f"/api/v1{path}", json=body, headers=given)

    def read(self, path: str, headers: dict[str, str] | None = None, /, **query: str | int) -> Response:
        return self.client.get(f"/api/v1{path}", params=query, headers=headers or {})

    def system(self, command: Command) -> Result:
        """Carry out a command as the system itself."""
        actor = Actor(user=NOBODY, role=Role.SYSTEM)
        return self.jurisdiction.bus.execute(Request(command, actor, self.platform.ids(), self.platform.ids()))

    def project(self) -> None:
        """Bring the read models to the end of the log."""
        projector = self.jurisdiction.projector()
        assert projector.lead()
        projector.catch_up()
        projector.close()

    def refusals(self) -> list[tuple[Any, ...]]:
        with self.jurisdiction.database.reading() as cursor:
            return cursor.execute("SELECT role, command, code, detail FROM refusals ORDER BY id").fetchall()


@dataclass(frozen=True)
class Province:
    """A provider with a published instrument, and a customer with a user."""

    provider: UUID
    unit: UUID
    manager: UUID
    instrument: UUID
    customer: UUID
    user: UUID
    purpose: str


NOTHING = UUID(int=8)
NOWHERE = Province(NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, "scientific_research")
"""Where nothing is: for what is refused before anything is looked up."""


def found_province(desk: Desk) -> Province:
    """Make everything through commands, as the system would at an import."""
    edition = desk.jurisdiction.regime.on(TODAY)
    provider = desk.system(_legal_person("12993200DEMJ00011Y", "扬子理工大学")).id
    customer = desk.system(_legal_person(CUSTOMER_CODE, "示例材料有限公司", kind="enterprise")).id
    unit = desk.system(_unit(provider, edition.value("scope.unit_kinds")[0])).id
    rules = PublishSharingRules(unit=unit, title="共享办法", number="1号", digest=DIGEST, effective_from=YEAR_BEGAN)
    desk.system(rules)
    manager = desk.system(RegisterUser(name="管理员", user_kind="university", legal_person=provider, unit=unit)).id
    user = desk.system(RegisterUser(name="孟知微", user_kind="enterprise", legal_person=customer)).id
    instrument = publish_instrument(desk, unit)
    desk.project()
    return Province(provider, unit, manager, instrument, customer, user, edition.value("scope.service_purposes")[0])


def publish_instrument(desk: Desk, unit: UUID, number: str = "JS-U01-1") -> UUID:
    """A bookable instrument, open on weekdays, that confirms at once."""
    types = desk.jurisdiction.regime.on(TODAY).value("resource.types")
    example = _example(RegisterResource)
    kind = example["type"] if example["type"] in types else types[0]
    example |= {"type": kind}
    instrument = desk.system(RegisterResource.model_validate({**example, "unit": unit, "asset_number": number})).id
    changes: dict[type[Command], dict[str, Any]] = {
        SubmitResourceData: {"schema_name": f"tongchou.resource.{kind}"},
        PublishTariff: {"effective_from": TODAY},
        AcceptResourceData: {"standard": standard_in_force(desk.jurisdiction)},
    }
    for command in (SubmitResourceData, AcceptResourceData, RecordCostSheet, PublishTariff, PublishResource):
        if command is PublishResource:
            desk.system(_opening(instrument))
        stated = changes.get(command, {})
        desk.system(command.model_validate({**_example(command), **stated, "resource": instrument}))
    return instrument


CUSTOMER_CODE = "91993205DEMJ00142X"


def _opening(instrument: UUID) -> PublishOpening:
    windows = [{"weekday": day, "start_minute": 480, "end_minute": 1080} for day in range(1, 6)]
    changes = {"resource": instrument, "windows": windows, "effective_from": TODAY}
    return PublishOpening.model_validate({**_example(PublishOpening), **changes})


def _legal_person(code: str, name: str, kind: str = "university") -> RegisterLegalPerson:
    return RegisterLegalPerson.model_validate(
        {**_example(RegisterLegalPerson), "credit_code": code, "name_zh": name, "kind": kind, "budget_status": "other"}
    )


def _unit(provider: UUID, kind: str) -> RegisterUnit:
    return RegisterUnit.model_validate({**_example(RegisterUnit), "legal_person": provider, "kind": kind})


def _example(command: type[Command]) -> dict[str, Any]:
    extra: Any = command.model_config["json_schema_extra"]
    example: dict[str, Any] = extra["example"]
    return dict(example)


def wish(province: Province, **changes: object) -> dict[str, Any]:
    """A request that is granted."""
    return {"resource_id": str(province.instrument), "span": MORNING, "purpose": province.purpose, **changes}


def at(day: int, hour: int) -> datetime:
    """An hour of March 2026 in Shanghai."""
    return datetime(2026, 3, day, hour - 8, tzinfo=UTC)
