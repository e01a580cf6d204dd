# SPDX-License-Identifier: Apache-2.0
"""The data of the schemas: every type of both regulations, nothing twice, everything named in both languages."""

import json
import re
from pathlib import Path

import pytest

from application.resources.schemas import schema_for
from domain.resources.schema import KindSchema
from domain.resources.state import Resource
from tests.domain.editions import CHONGQING, JIANGSU

TYPES = sorted({*JIANGSU.value("resource.types"), *CHONGQING.value("resource.types")})
KINDS = {kind.name: kind for type_ in TYPES for kind in schema_for(type_).kinds}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMED_BY_THE_TEXTS = {
    "condition": {
        "instrument", "biological_resource", "experimental_material", "scientific_data", "literature"
    },
    "carrier": {"innovation_base", "incubator"},
    "results": {"intellectual_property", "new_drug", "new_variety", "literature", "standard"},
    "service": {"science_finance", "technology_transfer"},
}  # fmt: skip


@pytest.mark.parametrize("type_", TYPES)
def test_every_type_of_both_regulations_has_a_schema_of_its_own(type_: str) -> None:
    schema = schema_for(type_)
    assert schema.name == f"tongchou.resource.{type_}"
    names = {kind.name for kind in schema.kinds}
    assert names >= NAMED_BY_THE_TEXTS.get(type_, set()) | {"other"}
    assert schema.default_kind is None or schema.default_kind in names


def test_a_type_added_by_decision_has_the_general_schema_under_its_own_name() -> None:
    schema = schema_for("consumable_stock")
    assert schema.name == "tongchou.resource.consumable_stock"
    assert schema.kind_names == "other"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_a_kind_is_well_formed(kind: KindSchema) -> None:
    names = [field.name for field in kind.fields]
    assert len(names) == len(set(names))
    assert set(kind.bookable_particulars) <= set(Resource.__slots__)
    for field in kind.fields:
        assert CHINESE.search(field.zh)
        assert not CHINESE.search(field.en)
        assert (field.kind == "codes") == bool(field.answers)
        assert field.most == 1 or field.kind == "codes"
        assert not (field.mandatory and field.classification == "internal")


def test_only_an_instrument_needs_no_description() -> None:
    assert [name for name, kind in KINDS.items() if not any(field.mandatory for field in kind.fields)] == ["instrument"]


def test_what_is_said_to_be_reported_nationally_is_named_as_there() -> None:
    asked = {field.national for kind in KINDS.values() for field in kind.fields if field.national}
    stated = Path(__file__).parent / "national_fields.json"
    assert asked <= set(json.loads(stated.read_text("utf-8")))
