# SPDX-License-Identifier: Apache-2.0
"""Times as people type them into an address: instants with an offset, or days of the Shanghai calendar."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, WithJsonSchema

from domain.kernel.time import midnight

FIRST_YEAR, LAST_YEAR = 1990, 2200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")
_NUMBER = re.compile(r"\s*[+-]?\d*\.?\d+([eE][+-]?\d+)?\s*")
"""Epoch seconds in any spelling: pydantic would take them for an instant."""
_LOST_PLUS = re.compile(r"(?<=\d) (?=\d{2}:?\d{2}$)")


def _read(value: Any) -> Any:  # noqa: ANN401 - a validator sees whatever was sent
    """A day is its first instant; the `+` of an offset, which an address turns into a space, is put back."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        raise ValueError("a time is written as ISO 8601 with an offset, not as a number")
    if _DAY.fullmatch(value):
        day = date.fromisoformat(value)
        _within(day.year)
        return midnight(day)
    return _LOST_PLUS.sub("+", value) if "T" in value else value


def _in_utc(value: datetime) -> datetime:
    _within(value.year)
    return value.astimezone(UTC)


def _within(year: int) -> None:
    """Beyond these years no calendar is kept, and arithmetic ends at the years 1 and 9999."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("a time lies between the years 1990 and 2200")


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_read),
    AfterValidator(_in_utc),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": ["2026-03-02T09:00:00+08:00"]}),
    Field(description="ISO 8601 with an offset, or a day in Shanghai such as 2026-03-02"),
]


def _first_day(value: Any) -> Any:  # noqa: ANN401 - a validator sees whatever was sent
    if isinstance(value, str) and not _MONTH.fullmatch(value):
        raise ValueError("a month is written as 2026-03")
    return f"{value[:7]}-01" if isinstance(value, str) else value


Month = Annotated[
    date,
    BeforeValidator(_first_day),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2026-03"]}),
    Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31), description="A month such as 2026-03"),
]
Day = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31))]
"""A day of a calendar that is kept: arithmetic with it never ends."""
