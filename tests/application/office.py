# SPDX-License-Identifier: Apache-2.0
"""Parties and a resource made by commands alone, on the real database."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from application.bus import Request
from application.command import Command, Result
from application.parties.publish_sharing_rules import PublishSharingRules
from application.parties.register_legal_person import RegisterLegalPerson
from application.parties.register_unit import RegisterUnit
from application.resources.accept_resource_data import AcceptResourceData
from application.resources.publish_opening import PublishOpening
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from domain.catalogue import AGGREGATE_OF
from domain.kernel.actor import Actor, Role
from infrastructure.bootstrap import Jurisdiction
from tests.application.deciding import standard_in_force
from tests.domain.resources.examples import ITEMS, PORTAL, TERMS, TODAY, WORKDAYS, cost, line, registered

CODES = ("12993200DEMJ00011Y", "12993200DEMJ0002XN", "12991000DEMJ00038K")


@dataclass
class Office:
    """A counter at which everybody may ask for everything; the platform decides who gets it."""

    home: Jurisdiction

    def do(
        self,
        command: Command,
        role: Role = Role.SYSTEM,
        *,
        organisation: UUID | None = None,
        unit: UUID | None = None,
        now: datetime | None = None,
    ) -> Result:
        key = uuid4()
        actor = Actor(user=uuid4(), role=role, organisation=organisation, unit=unit)
        return self.home.bus.execute(Request(command, actor, key, key, occurred_at=now))

    def legal_person(self, code: str = CODES[0], **changes: Any) -> UUID:  # noqa: ANN401 - any field
        stated = {
            "credit_code": code,
            "name_zh": "大学",
            "kind": "university",
            "budget_status": "other",
            "city": "南京",
        }
        return self.do(RegisterLegalPerson.model_validate(stated | changes)).id

    def unit(self, legal_person: UUID, code: str = "JS-U01", **changes: Any) -> UUID:  # noqa: ANN401 - any field
        stated = {
            "legal_person": legal_person,
            "code": code,
            "name_zh": "中心",
            "kind": "provincial_university",
            "scope_mode": "direct",
            "city": "南京",
            "competent_department": "江苏省教育厅",
            "portal_url": PORTAL,
        }
        return self.do(RegisterUnit.model_validate(stated | changes)).id

    def rules(self, unit: UUID) -> None:
        self.do(
            PublishSharingRules(
                unit=unit, title="管理办法", number="1号", digest="a" * 64, effective_from=date(2026, 1, 1)
            )
        )

    def register(self, unit: UUID, **changes: Any) -> UUID:  # noqa: ANN401 - any field
        stated = registered().model_dump(exclude={"legal_person", "basis"}) | {"unit": unit}
        return self.do(RegisterResource.model_validate(stated | changes)).id

    def published(self, unit: UUID, **changes: Any) -> UUID:  # noqa: ANN401 - any field
        """A resource with two lanes, open on workdays from 9 to 17 and published."""
        resource = self.register(unit, **changes)
        schema = "tongchou.resource.condition"
        self.do(RecordCostSheet(resource=resource, elements=(cost(30000),), accounting_period="2025"))
        self.do(PublishTariff(resource=resource, effective_from=TODAY, lines=(line(30000),)))
        self.do(
            PublishOpening(
                resource=resource, effective_from=TODAY, windows=WORKDAYS, terms=TERMS, rated_minutes_per_year=86400
            )
        )
        self.do(SubmitResourceData(resource=resource, schema_name=schema))
        accept = AcceptResourceData(resource=resource, standard=standard_in_force(self.home))
        self.do(accept, Role.RECEIVING_PLATFORM)
        self.do(PublishResource(resource=resource, items=ITEMS))
        return resource

    def state(self, stream: UUID) -> Any:  # noqa: ANN401 - the state of any aggregate
        events = [item.event for item in self.home.log.stream(stream)]
        return AGGREGATE_OF[events[0].TYPE].fold(events)
