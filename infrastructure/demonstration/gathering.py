# SPDX-License-Identifier: Apache-2.0
"""Resources that nobody reserves, one of every kind: registered, described, handed in, accepted, opened (6.1)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from application.resources.accept_resource_data import AcceptResourceData
from application.resources.describe_resource import DescribeResource
from application.resources.issue_submission_certificate import IssueSubmissionCertificate
from application.resources.publish_resource import PublishResource
from application.resources.register_resource import RegisterResource
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.actor import Role
from domain.kernel.time import midnight
from domain.resources.registration import schema_of
from domain.resources.values import PublicationItems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    from application.command import Command
    from domain.kernel.actor import Actor
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.catalogue import Catalogue
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.people import People

AFTER_LUNCH = timedelta(hours=14)
DAY = timedelta(days=1)
STANDARD = "@standard"
"""What submissions are checked against, by its name in the story."""
PARTICULARS = frozenset(
    {"type", "asset_number", "name_zh", "name_en", "model", "manufacturer", "class_code", "subject_code"}
    | {"location", "holding", "acquired_on", "accepted_on", "large"}
)
"""What a row says of a resource in the words of its registration."""


@dataclass
class Gathering:
    """Brings every row of resources.toml as far as its `until` says; a day lies between two steps."""

    catalogue: Catalogue
    issuer: Issuer
    people: People
    agenda: Agenda
    read: Callable[[object], Any]
    """Puts into a value what it refers to."""
    resources: dict[str, UUID] = field(default_factory=dict)
    """By asset number."""

    def plan(self) -> None:
        """Put every registration on the agenda."""
        for row in self.catalogue.resources:
            at = midnight(row["on"]) + AFTER_LUNCH
            self.agenda.at(at, lambda now, row=row: self._register(row, now))  # type: ignore[misc]

    def _register(self, row: dict[str, Any], now: datetime) -> None:
        manager = self.people.first("instrument_manager", unit=row["unit"])
        resource = self.issuer.do(self._registration(row), manager, now).id
        self.resources[row["asset_number"]] = resource
        for later, (command, actor) in enumerate(self._steps(row, resource, manager), start=1):
            self.agenda.at(now + later * DAY, partial(self.issuer.do, command, actor))

    def _registration(self, row: dict[str, Any]) -> Command:
        unit = self._unit(row)
        value = self.read(row["value"])
        stated = {name: stated for name, stated in row.items() if name in PARTICULARS}
        return RegisterResource.model_validate(
            stated
            | {
                "unit": self.people.units[row["unit"]],
                "bookable": False,
                "original_value_fen": value,
                "funding": [{"source": row["source"], "amount_fen": value}] if value else [],
                "city": unit["city"],
                "district": unit["district"],
            }
        )

    def _steps(self, row: dict[str, Any], resource: UUID, manager: Actor) -> Iterator[tuple[Command, Actor]]:
        """What follows the registration, one step a day, as far as the row goes."""
        until = row.get("until", "published")
        if "values" in row:
            yield self._description(row, resource), manager
        if until == "registered":
            return
        yield SubmitResourceData(resource=resource, schema_name=schema_of(row["type"])), manager
        if until == "submitted":
            return
        platform = self.people.first("service_centre_officer").model_copy(update={"role": Role.RECEIVING_PLATFORM})
        yield AcceptResourceData(resource=resource, standard=self.read(STANDARD)), platform
        if number := row.get("certificate"):
            yield IssueSubmissionCertificate(resource=resource, number=number), platform
        yield PublishResource(resource=resource, items=self._items(row)), manager

    def _description(self, row: dict[str, Any], resource: UUID) -> Command:
        return DescribeResource.model_validate(
            {
                "resource": resource,
                "kind": row["kind"],
                "classification": row.get("classification", "public"),
                "values": self.read(row["values"]),
                "no_state_secrets": True,
            }
        )

    def _items(self, row: dict[str, Any]) -> PublicationItems:
        unit = self._unit(row)
        return PublicationItems(
            sharing_rules=unit["sharing_rules_title"],
            service_mode=row["service_mode"],
            service_content=row["service_content"],
            fee_standard=row["fee_standard"],
            opening_limit=row["opening_limit"],
            catalogue=unit["portal_url"],
        )

    def _unit(self, row: dict[str, Any]) -> dict[str, str]:
        return next(unit for unit in self.catalogue.units if unit["unit_code"] == row["unit"])
