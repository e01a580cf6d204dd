# SPDX-License-Identifier: Apache-2.0
"""What a regime's file must look like. Every mistake in it is named before any rule rests on it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationInfo, model_validator

from domain.policy.units import Unit, fits

Text = Field(min_length=1, pattern=r"^\S(.*\S)?$")
# A number ("JS 21"), one of its items or sentences ("JS 7(3)", "JS 12.b"), or a named part ("JS A", "JS notice").
PLACE = re.compile(r"(?P<prefix>[A-Z]+) (?:(?P<number>[1-9]\d*)(?:\(\d+\))?(?:\.[a-z])?|(?P<part>\w+))")
UNNUMBERED = ("title", "notice")


class RegimeFileError(Exception):
    """A regime's file says something that cannot be: names the file, the key and the reason."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        self.file, self.key, self.reason = file, key, reason
        super().__init__(f"{file}: {key}: {reason}")


class Shape(BaseModel):
    """Base: unknown keys are refused, and nothing is converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Regulation(Shape):
    """The head of a file: which regulation, issued by whom, in force from when (JS-33.1, CQ-25.1)."""

    regime: str = Field(pattern=r"^[a-z]+$")
    edition: str = Text
    document_no: str = Text
    title_zh: str = Text
    title_en: str = Text
    issuers: list[str] = Field(min_length=1)
    issued_on: date
    effective_from: date
    citation_prefix: str = Field(pattern=r"^[A-Z]+$")
    articles: PositiveInt
    annexes: list[str]

    def has(self, place: str) -> bool:
        """Whether the regulation has a place such as "JS 21", "JS 7(3)", "JS A" or "JS notice"."""
        match = PLACE.fullmatch(place)
        if match is None or match["prefix"] != self.citation_prefix:
            return False
        if match["number"]:
            return int(match["number"]) <= self.articles
        return match["part"] in (*self.annexes, *UNNUMBERED)


class LimitsRow(Shape):
    """What a decision on a parameter must keep to (`domain.policy.parameter.Limits`)."""

    choices: list[str] = []
    above: Decimal | int | None = None
    below: Decimal | int | None = None
    at_most_of: str = ""
    keys_of: str = ""
    sum: Decimal | None = None
    none: bool = False


class Row(Shape):
    """One parameter. Either a value, or `silent = true` with or without a default."""

    unit: Unit
    origin: Literal["T", "C", "D"]
    value: Any = None
    silent: bool = False
    default: Any = None
    choice: str = Field(default="", pattern=r"^(A\d\d|8\.\d+)?$")
    articles: list[str] = []
    quotation: str = ""
    note: str = ""
    fail_closed: bool = False
    open: bool = False
    local: bool = False
    limits: LimitsRow = LimitsRow()

    @model_validator(mode="after")
    def _states_one_thing(self, info: ValidationInfo) -> Self:
        if self.silent and self.value is not None:
            raise ValueError("a silent parameter has no value")
        if not self.silent and self.value is None:
            raise ValueError("neither a value nor silent = true")
        if not self.silent and self.default is not None:
            raise ValueError("a default is only for a silent parameter")
        stated = self.default if self.silent else self.value
        if stated is not None and not fits(self.unit, stated):
            raise ValueError(f"not of unit {self.unit}: {stated!r}")
        if self.fail_closed and (not self.silent or self.default is not None):
            raise ValueError("only what is silent and has no default can fail closed")
        if self.open and not isinstance(stated, list | dict):
            raise ValueError("only a list can be open")
        if self.local and not self.silent:
            raise ValueError("what the regulation says itself cannot be local")
        regulation = info.context
        assert isinstance(regulation, Regulation)
        for place in self.articles:
            if not regulation.has(place):
                raise ValueError(f"no such article: {place}")
        return self
