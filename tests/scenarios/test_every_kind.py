# SPDX-License-Identifier: Apache-2.0
"""One resource of every kind of both regimes, from registration to its users, by those who may issue each step."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from application.resources.accept_resource_data import AcceptResourceData
from application.resources.describe_resource import DescribeResource
from application.resources.publish_opening import PublishOpening
from application.resources.publish_resource import PublishResource
from application.resources.publish_tariff import PublishTariff
from application.resources.record_cost_sheet import RecordCostSheet
from application.resources.register_resource import RegisterResource
from application.resources.return_resource_data import ReturnResourceData
from application.resources.schemas import schema_for
from application.resources.submit_resource_data import SubmitResourceData
from domain.kernel.errors import DomainError
from domain.resources.registry_events import CorrectionItem
from infrastructure.history.verify import verify
from projections.registry_lists import entries, gap_totals, overdue
from tests.domain.resources.examples import ITEMS, TERMS, WORKDAYS, cost, line, registered
from tests.scenarios.places import PLACES
from tests.scenarios.story import PRICE_FEN, TODAY, Story, moment
from tests.scenarios.test_main_job import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.resources.schema import FieldSchema, KindSchema, Schema
    from infrastructure.bootstrap import Platform

ACCEPTED_ON = date(2026, 2, 20)
VALUE_FEN = 20_000_000
"""200,000.00 yuan: what a facility is worth at least to count where there is a minimum."""
ANSWERS: dict[str, Any] = {
    "text": "示例",
    "number": "12.5",
    "money": 100,
    "date": "2025-05-01",
    "url": "https://portal.example.edu.cn/",
    "flag": True,
}


@dataclass
class EveryKind:
    """The registry of one province, filled with one resource of each kind."""

    story: Story
    made: dict[UUID, tuple[str, str]] = field(default_factory=dict)

    def kinds(self) -> Iterator[tuple[Schema, str, KindSchema]]:
        """Every kind of every type that the regime lists."""
        edition = self.story.home.regime.on(TODAY)
        for type_ in edition.value("resource.types"):
            schema = schema_for(type_)
            for kind in schema.kinds:
                yield schema, type_, kind

    def register(self, type_: str, kind: KindSchema, number: str = "") -> UUID:
        instrument = kind.name == "instrument"
        stated = registered(
            unit=self.story.ids["unit"],
            type=type_,
            bookable=instrument,
            class_code="010102" if instrument else "",
            holding="physical" if kind.bookable_particulars else "information",
            asset_number=number or f"{type_}-{kind.name}",
            name_zh=kind.zh,
            name_en=kind.en,
            original_value_fen=VALUE_FEN,
            funding=({"source": "provincial_fiscal_funds", "amount_fen": VALUE_FEN},),
            accepted_on=ACCEPTED_ON,
        )
        register = stated.model_dump(exclude={"legal_person", "basis"})
        resource = self.story.do(RegisterResource.model_validate(register), self.story.manager).id
        self.made[resource] = (type_, kind.name)
        return resource

    def describe(self, resource: UUID, kind: KindSchema, answers: dict[str, Any]) -> None:
        stated = {"resource": resource, "kind": kind.name, "values": answers, "no_state_secrets": True}
        self.story.do(DescribeResource.model_validate(stated), self.story.manager)

    def hand_in(self, resource: UUID, schema: Schema) -> None:
        submit = SubmitResourceData(resource=resource, schema_name=schema.name)
        self.story.do(submit, self.story.manager)

    def open_hours(self, resource: UUID) -> None:
        """An instrument is booked: it has costs, prices and opening hours."""
        for command in (
            RecordCostSheet(resource=resource, elements=(cost(PRICE_FEN),), accounting_period="2025"),
            PublishTariff(resource=resource, effective_from=TODAY, lines=(line(PRICE_FEN, kind="running_cost"),)),
            PublishOpening(
                resource=resource, effective_from=TODAY, windows=WORKDAYS, terms=TERMS, rated_minutes_per_year=87_600
            ),
        ):
            self.story.do(command, self.story.manager)

    def publish(self, resource: UUID) -> None:
        accept = AcceptResourceData(resource=resource, standard=self.story.standard())
        self.story.do(accept, self.story.receiver)
        self.story.do(PublishResource(resource=resource, items=ITEMS), self.story.manager)


def answer(field_: FieldSchema) -> object:
    return next(iter(field_.answers)) if field_.kind == "codes" else ANSWERS[field_.kind]


def walk(province: EveryKind, schema: Schema, type_: str, kind: KindSchema) -> None:
    """Incomplete it is refused, complete it is handed in, returned once with reasons by field, corrected and opened."""
    resource = province.register(type_, kind)
    whole = {field_.name: answer(field_) for field_ in kind.fields}
    mandatory = [field_.name for field_ in kind.fields if field_.mandatory]
    if mandatory:
        province.describe(resource, kind, {name: given for name, given in whole.items() if name != mandatory[0]})
        with pytest.raises(DomainError) as refused:
            province.hand_in(resource, schema)
        assert refused.value.codes == ("resources.field_missing",)
        assert refused.value.violations[0].field == f"values.{mandatory[0]}"
    province.describe(resource, kind, whole)
    province.hand_in(resource, schema)
    wrong = CorrectionItem(field="values", reason="请核对")
    province.story.do(ReturnResourceData(resource=resource, items=(wrong,)), province.story.receiver)
    province.hand_in(resource, schema)
    if kind.name == "instrument":
        province.open_hours(resource)
    province.publish(resource)


@pytest.mark.parametrize("name", list(PLACES))
def test_every_kind_from_registration_to_its_users(name: str, platform: Platform) -> None:
    story = Story(platform, PLACES[name])
    story.register_parties()
    province = EveryKind(story)
    story.go_to(2, 12)
    todo = list(province.kinds())
    waiting = province.register(todo[0][1], todo[0][2], number="waiting")
    province.made.pop(waiting)
    with figures(story) as cursor:
        assert gap_totals(cursor, unit=story.ids["unit"]) == {"draft": 1}
    for schema, type_, kind in todo:
        walk(province, schema, type_, kind)
    with figures(story) as cursor:
        rows = entries(cursor, unit=story.ids["unit"], limit=200).rows
        missing = overdue(cursor, "listing", as_of=moment(23, 0)).rows
        warned = overdue(cursor, "warning", as_of=moment(23, 0)).rows
    opened = {row["id"]: (row["type"], row["kind"]) for row in rows if row["state"] == "published"}
    assert opened == province.made
    assert len(opened) == len(todo)
    assert all(row["returns"] == 1 and row["public"] and row["counted"] for row in rows if row["id"] in opened)
    # Accepted on 20 February: the thirty days end with 22 March. What waited is late, or only warned of.
    assert {row["id"] for row in (*missing, *warned)} == {waiting}
    report = verify(platform)
    assert report.ok, report.as_dict()
