# SPDX-License-Identifier: Apache-2.0
"""The schemas of submission, read once from the data beside `domain.resources`."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from domain.resources.registration import schema_of
from domain.resources.schema import FieldSchema, KindSchema, Label, Schema

PLACE = files("domain.resources.schemas")
GENERAL = "general"
"""The schema of a type that a decision of the authority added."""


def schema_for(resource_type: str) -> Schema:
    """The schema of a first-level type; the general one for a type that no regulation names itself."""
    return _schemas().get(resource_type) or _schemas()[GENERAL].model_copy(update={"name": schema_of(resource_type)})


@cache
def _schemas() -> dict[str, Schema]:
    """All schemas by type. Raises pydantic's ValidationError or KeyError for faulty data: that is a bug."""
    kinds = _kinds()
    return {
        name: Schema.model_validate(
            {**stated, "name": schema_of(name), "kinds": [kinds[kind] for kind in stated["kinds"]]}
        )
        for name, stated in _table("types.toml").items()
    }


def _kinds() -> dict[str, KindSchema]:
    lists = _answers()
    found = {}
    for item in (PLACE / "kinds").iterdir():
        if item.name.endswith(".toml"):
            name = item.name.removesuffix(".toml")
            stated = tomllib.loads(item.read_text(encoding="utf-8"))
            fields = tuple(_field(field, lists) for field in stated.pop("fields"))
            found[name] = KindSchema.model_validate({**stated, "name": name, "fields": fields})
    return found


def _field(stated: dict[str, Any], lists: dict[str, dict[str, Label]]) -> FieldSchema:
    answers = lists[stated["codes"]] if stated["kind"] == "codes" else {}
    return FieldSchema.model_validate({**stated, "answers": answers})


def _answers() -> dict[str, dict[str, Label]]:
    """The closed lists: our own, and the subjects of GB/T 13745, which have Chinese names alone."""
    lists = {
        name: {code: Label.model_validate(label) for code, label in answers.items()}
        for name, answers in _table("codes.toml").items()
    }
    rows = csv.DictReader((files("domain.resources") / "codes" / "subjects.csv").read_text("utf-8-sig").splitlines())
    lists["subjects"] = {row["code"]: Label(zh=row["name"], en=f"GB/T 13745 {row['code']}") for row in rows}
    return lists


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((PLACE / name).read_text(encoding="utf-8"))
