# SPDX-License-Identifier: Apache-2.0
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from application.resources.schemas import schema_for
from domain.resources import describing as decide
from domain.resources.described import CodesValue, DateValue, FlagValue, MoneyValue, NumberValue, TextValue, stricter
from domain.resources.registry_events import ResourceDescribed
from domain.resources.resource import RESOURCE
from domain.resources.submission import submit
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import history, registered

PATENT = {
    "category": "invention_patent",
    "number": "ZL202310000001.X",
    "granted_on": "2024-05-01",
    "abstract": "一种蓝藻监测方法",
    "transfer_modes": ["licence", "assignment"],
}


def described(answers: dict[str, Any], kind: str = "intellectual_property", type_: str = "results") -> Outcome:
    past = registered(type=type_, bookable=False, class_code="")
    return given(RESOURCE, past).when(decide.describe, **stated(answers, kind, type_))


def stated(answers: dict[str, Any], kind: str, type_: str = "results", **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    given_ = {"schema": schema_for(type_), "kind": kind, "classification": "public", "answers": answers}
    return given_ | {"free_of_state_secrets": True, "edition": JIANGSU} | changes


def test_a_description_keeps_what_each_value_is() -> None:
    (event,) = described({**PATENT, "asking_price": 12_000_000, "valid_until": None}).events
    assert isinstance(event, ResourceDescribed)
    assert (event.schema_name, event.kind, event.schema_version) == (
        "tongchou.resource.results",
        "intellectual_property",
        1,
    )
    assert event.values == {
        "category": CodesValue(kind="codes", value=("invention_patent",)),
        "number": TextValue(kind="text", value="ZL202310000001.X"),
        "granted_on": DateValue(kind="date", value=date(2024, 5, 1)),
        "abstract": TextValue(kind="text", value="一种蓝藻监测方法"),
        "transfer_modes": CodesValue(kind="codes", value=("licence", "assignment")),
        "asking_price": MoneyValue(kind="money", value=12_000_000),
    }
    assert ResourceDescribed.model_validate_json(event.model_dump_json()) == event


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        ("category", "trade_secret"),
        ("category", ["invention_patent", "design"]),
        ("category", 1),
        ("transfer_modes", ["licence", "licence"]),
        ("transfer_modes", []),
        ("number", "  "),
        ("number", 7),
        ("abstract", "字" * 4001),
        ("granted_on", "2024-02-30"),
        ("granted_on", 1714521600),
        ("granted_on", "1714521600"),
        ("asking_price", -1),
        ("asking_price", "100"),
        ("asking_price", True),
    ],
)
def test_an_answer_that_does_not_fit_its_field_is_refused(field: str, answer: object) -> None:
    refused = described({**PATENT, field: answer}).then_refused("resources.field_invalid")
    assert refused.violations[0].field == f"values.{field}"


@pytest.mark.parametrize(
    ("answer", "value"), [("38.5", Decimal("38.5")), (38, Decimal(38)), ("-1", None), ("NaN", None), (True, None)]
)
def test_a_number_is_exact_and_carries_its_unit(answer: object, value: Decimal | None) -> None:
    outcome = described({"volume": answer}, "scientific_data", "scientific_data")
    if value is None:
        outcome.then_refused("resources.field_invalid")
    else:
        assert outcome.state.described.values == {"volume": NumberValue(kind="number", value=value, unit="GB")}


def test_a_flag_is_yes_or_no() -> None:
    base = described({"accredited": True}, "innovation_base", "carrier")
    assert base.state.described.values == {"accredited": FlagValue(kind="flag", value=True)}
    described({"accredited": "yes"}, "innovation_base", "carrier").then_refused("resources.field_invalid")


def test_everything_wrong_is_said_at_once_and_secrets_must_be_denied() -> None:
    draft = given(RESOURCE, registered(type="results"))
    wrong = stated({"colour": "red", "granted_on": "soon"}, "intellectual_property", free_of_state_secrets=False)
    draft.when(decide.describe, **wrong).then_refused(
        "resources.secrecy_not_declared", "resources.unknown_field", "resources.field_invalid"
    )
    draft.when(decide.describe, **stated({}, "spaceship")).then_refused("resources.unknown_kind")


def test_JS_10_1_a_description_is_complete_before_it_is_submitted() -> None:
    half = described({name: PATENT[name] for name in ("category", "number")})
    past = (registered(type="results", bookable=False, class_code=""), *half.events)
    to_submit = {"schema_name": "tongchou.resource.results", "schema": schema_for("results"), "edition": JIANGSU}
    refused = given(RESOURCE, *past).when(submit, **to_submit).then_refused(*["resources.field_missing"] * 3)
    assert [broken.field for broken in refused.violations] == [
        "values.granted_on",
        "values.abstract",
        "values.transfer_modes",
    ]
    whole = described(PATENT)
    assert given(RESOURCE, *whole.past, *whole.events).when(submit, **to_submit).refused is None


def test_what_is_public_stays_complete() -> None:
    published = given(RESOURCE, *history("published"))
    data = stated({"summary": "…"}, "other", "condition")
    published.when(decide.describe, **data).then_refused("resources.field_missing")
    data["answers"]["access_mode"] = "open"
    once = published.when(decide.describe, **data)
    again = given(RESOURCE, *once.past, *once.events).when(decide.describe, **data)
    again.then_refused("resources.nothing_changed")


def test_a_bookable_instrument_needs_its_particulars_and_a_room_only_its_place() -> None:
    room = registered(type="carrier", model="", manufacturer="", class_code="", location="")
    data = stated(
        {"level": "national", "floor_area": 1200, "services": "创业辅导"}, "incubator", "carrier", edition=CHONGQING
    )
    once = given(RESOURCE, room).when(decide.describe, **data)
    stated_ = {"schema_name": "tongchou.resource.carrier", "schema": schema_for("carrier"), "edition": JIANGSU}
    refused = given(RESOURCE, room, *once.events).when(submit, **stated_).then_refused("resources.incomplete")
    assert refused.violations[0].field == "location"


def test_the_narrower_classification_holds() -> None:
    assert stricter("public", "restricted") == "restricted"
    assert stricter("internal", "restricted") == "internal"
