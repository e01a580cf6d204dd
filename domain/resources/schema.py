# SPDX-License-Identifier: Apache-2.0
"""Schemas of submission: which fields describe a resource of a type and kind, and how an answer becomes a value.

Their content is data in `domain.resources.schemas`; a new kind or field needs no code (JS 2 「主要包括」, JS 11.a).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from pydantic import Field, ValidationError

from domain.kernel.errors import Rules
from domain.resources.described import (
    Classification,
    CodesValue,
    DateValue,
    Described,
    FlagValue,
    MoneyValue,
    NumberValue,
    TextValue,
    UrlValue,
)
from domain.resources.values import Value

FieldKind = Literal["text", "number", "money", "date", "codes", "url", "flag"]


class Label(Value):
    """A name for people."""

    zh: str
    en: str


class FieldSchema(Value):
    """One descriptive field. `national` names the field of the national report that asks for the same."""

    name: str
    zh: str
    en: str
    kind: FieldKind
    mandatory: bool = False
    unit: str = ""
    codes: str = ""
    answers: Mapping[str, Label] = {}
    most: int = Field(default=1, ge=1)
    classification: Classification = "public"
    national: str = ""

    def value_of(self, answer: object) -> Described | None:
        """The answer as a value of this field; None where it cannot be one."""
        try:
            return _READERS[self.kind](self, answer)
        except ValidationError:
            return None


class KindSchema(Value):
    """A second-level kind: its fields, and the particulars that one must know to book it."""

    name: str
    version: int = Field(ge=1)
    zh: str
    en: str
    bookable_particulars: tuple[str, ...] = ()
    fields: tuple[FieldSchema, ...]

    def field(self, name: str) -> FieldSchema | None:
        """The field of a name, if the kind has it."""
        return next((field for field in self.fields if field.name == name), None)

    def missing(self, values: Mapping[str, Described]) -> list[FieldSchema]:
        """Mandatory fields without a value."""
        return [field for field in self.fields if field.mandatory and field.name not in values]

    def typed(self, answers: Mapping[str, Any], rules: Rules) -> dict[str, Described]:
        """The answers as values; None answers nothing. Every answer that cannot be read is noted in `rules`."""
        values: dict[str, Described] = {}
        for name, answer in answers.items():
            field = self.field(name)
            known = ", ".join(each.name for each in self.fields)
            where = f"values.{name}"
            rules.require(field is not None, "resources.unknown_field", field=where, name=name, known=known)
            if field is None or answer is None:
                continue
            value = field.value_of(answer)
            expected = ", ".join(field.answers) if field.kind == "codes" else field.kind
            rules.require(
                value is not None, "resources.field_invalid", field=where, zh=field.zh, en=field.en, expected=expected
            )
            if value is not None:
                values[name] = value
        return values


class Schema(Value):
    """The schema of a first-level type, with its second-level kinds."""

    name: str
    zh: str
    en: str
    kinds: tuple[KindSchema, ...]
    default_kind: str | None = None

    def kind(self, name: str | None) -> KindSchema | None:
        """The kind of a name, if the type has it."""
        return next((kind for kind in self.kinds if kind.name == name), None)

    @property
    def kind_names(self) -> str:
        """The kinds there are, for a refusal."""
        return ", ".join(kind.name for kind in self.kinds)


def _text(_: FieldSchema, answer: Any) -> Described:  # noqa: ANN401 - whatever was answered
    return TextValue(kind="text", value=answer.strip() if isinstance(answer, str) else answer)


def _number(field: FieldSchema, answer: Any) -> Described:  # noqa: ANN401 - whatever was answered
    number = None if isinstance(answer, bool) else answer
    return NumberValue.model_validate({"kind": "number", "value": number, "unit": field.unit})


def _date(_: FieldSchema, answer: Any) -> Described:  # noqa: ANN401 - whatever was answered
    """Written out: a bare number would be read as seconds since 1970."""
    written = isinstance(answer, str) and not answer.isdigit()
    return DateValue.model_validate({"kind": "date", "value": answer if written else None})


def _codes(field: FieldSchema, answer: Any) -> Described:  # noqa: ANN401 - whatever was answered
    """One word or a list of distinct words of the field's list, at most as many as it takes."""
    given = [answer] if isinstance(answer, str) else answer
    listed = isinstance(given, list | tuple) and all(isinstance(code, str) and code in field.answers for code in given)
    fits = listed and len(given) == len(set(given)) <= field.most
    return CodesValue(kind="codes", value=tuple(given) if fits else ())


_READERS: Mapping[FieldKind, Callable[[FieldSchema, Any], Described]] = {
    "text": _text,
    "number": _number,
    "money": lambda _, answer: MoneyValue.model_validate({"kind": "money", "value": answer}),
    "date": _date,
    "codes": _codes,
    "url": lambda _, answer: UrlValue.model_validate({"kind": "url", "value": answer}),
    "flag": lambda _, answer: FlagValue.model_validate({"kind": "flag", "value": answer}, strict=True),
}
