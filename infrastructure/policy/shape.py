# SPDX-License-Identifier: Apache-2.0
"""What a regime's file must look like. Every mistake in it is named before any rule rests on it."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveInt, ValidationInfo, model_validator

if TYPE_CHECKING:
    from collections.abc import Callable

Text = Field(min_length=1, pattern=r"^\S(.*\S)?$")
Unit = Literal[
    "bool", "count", "date", "days", "duration", "enum", "key", "range",
    "ratio", "role", "rule", "score", "text", "tz", "years", "yuan",
]  # fmt: skip
# A number ("JS 21"), one of its items or sentences ("JS 7(3)", "JS 12.b"), or a named part ("JS A", "JS notice").
PLACE = re.compile(r"(?P<prefix>[A-Z]+) (?:(?P<number>[1-9]\d*)(?:\(\d+\))?(?:\.[a-z])?|(?P<part>\w+))")
UNNUMBERED = ("title", "notice")
DURATION = re.compile(r"P(?:\d+[YMWD]|T\d+[HM])")
DECIMALS_OF_A_YUAN = -2


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

    @model_validator(mode="after")
    def _states_one_thing(self, info: ValidationInfo) -> Self:
        if self.silent and self.value is not None:
            raise ValueError("a silent parameter has no value")
        if not self.silent and self.value is None:
            raise ValueError("neither a value nor silent = true")
        if not self.silent and self.default is not None:
            raise ValueError("a default is only for a silent parameter")
        stated = self.default if self.silent else self.value
        if stated is not None and not _FITS[self.unit](stated):
            raise ValueError(f"not of unit {self.unit}: {stated!r}")
        regulation = info.context
        assert isinstance(regulation, Regulation)
        for place in self.articles:
            if not regulation.has(place):
                raise ValueError(f"no such article: {place}")
        return self


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_share(value: object) -> bool:
    return isinstance(value, Decimal) and Decimal(0) <= value <= Decimal(1)


def _is_yuan(value: object) -> bool:
    if not isinstance(value, Decimal) or not value.is_finite() or value < 0:
        return False
    return value.as_tuple().exponent >= DECIMALS_OF_A_YUAN  # type: ignore[operator] # finite: the exponent is a number


def _is_day(value: object) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _names_something(value: object) -> bool:
    """One name, a list of distinct names, or a table of such lists."""
    if isinstance(value, dict):
        return bool(value) and all(isinstance(inner, list) and _names_something(inner) for inner in value.values())
    if isinstance(value, list):
        return bool(value) and all(map(_is_text, value)) and len(set(value)) == len(value)
    return _is_text(value)


def _is_one_or_a_table_of(fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: bool(value) and all(map(fits, value.values())) if isinstance(value, dict) else fits(value)


_FITS: dict[str, Callable[[object], bool]] = {
    "bool": lambda value: isinstance(value, bool),
    "count": _is_whole,
    "date": _is_day,
    "days": _is_whole,
    "duration": lambda value: isinstance(value, str) and DURATION.fullmatch(value) is not None,
    "enum": _names_something,
    "key": _names_something,
    "range": lambda value: isinstance(value, list) and all(map(_is_whole, value)) and value == sorted(value),
    "ratio": _is_one_or_a_table_of(_is_share),
    "role": _names_something,
    "rule": _is_text,
    "score": _is_one_or_a_table_of(lambda value: isinstance(value, Decimal)),
    "text": _is_text,
    "tz": _is_text,
    "years": _is_whole,
    "yuan": _is_yuan,
}
