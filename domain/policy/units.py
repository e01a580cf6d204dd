# SPDX-License-Identifier: Apache-2.0
"""What a value of each unit looks like: the same for a regulation's file and for a decision of the authority."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Unit = Literal[
    "bool", "count", "date", "days", "duration", "enum", "key", "range",
    "ratio", "role", "rule", "score", "text", "tz", "years", "yuan",
]  # fmt: skip
DURATION = re.compile(r"P(?:\d+[YMWD]|T\d+[HM])")
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
DECIMALS_OF_A_YUAN = -2
EXACT: frozenset[str] = frozenset({"ratio", "score", "yuan"})
"""Units whose numbers have decimals; outside a regulation's file they travel as text, so that they stay exact."""


def fits(unit: Unit, value: object) -> bool:
    """Whether a value is one of its unit. Money is a Decimal in yuan with at most two decimals."""
    return _FITS[unit](value)


def read(unit: Unit, stated: object) -> Any:  # noqa: ANN401 - each unit has its own type
    """The value that a decision states in JSON: dates and numbers with decimals as text, "0.30".

    Raises ValueError for what is not of the unit.
    """
    value = _typed(unit, stated)
    if not fits(unit, value):
        message = f"not of unit {unit}"
        raise ValueError(message)
    return value


def frozen(value: object) -> Any:  # noqa: ANN401 - each parameter has its own type
    """Lists as tuples, so that nobody changes the law in passing."""
    if isinstance(value, dict):
        return {key: frozen(inner) for key, inner in value.items()}
    return tuple(map(frozen, value)) if isinstance(value, list | tuple) else value


def _typed(unit: Unit, stated: object) -> object:
    if isinstance(stated, dict):
        return {key: _typed(unit, inner) for key, inner in stated.items()}
    if unit == "date" and isinstance(stated, str):
        return date.fromisoformat(stated)
    if unit in EXACT:
        return Decimal(stated) if isinstance(stated, str) and NUMBER.fullmatch(stated) else None
    return frozen(stated)


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


def _is_range(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_whole, value)) and list(value) == sorted(value)


def _names_something(value: object) -> bool:
    """One name, a list of distinct names, or a table of such lists."""
    if isinstance(value, dict):
        return bool(value) and all(isinstance(each, list | tuple) and _names_something(each) for each in value.values())
    if isinstance(value, list | tuple):
        return bool(value) and all(map(_is_text, value)) and len(set(value)) == len(value)
    return _is_text(value)


def _is_one_or_a_table_of(fits_one: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: (
        bool(value) and all(map(fits_one, value.values())) if isinstance(value, dict) else fits_one(value)
    )


_FITS: dict[str, Callable[[object], bool]] = {
    "bool": lambda value: isinstance(value, bool),
    "count": _is_whole,
    "date": _is_day,
    "days": _is_whole,
    "duration": lambda value: isinstance(value, str) and DURATION.fullmatch(value) is not None,
    "enum": _names_something,
    "key": _names_something,
    "range": _is_range,
    "ratio": _is_one_or_a_table_of(_is_share),
    "role": _names_something,
    "rule": _is_text,
    "score": _is_one_or_a_table_of(lambda value: isinstance(value, Decimal)),
    "text": _is_text,
    "tz": _is_text,
    "years": _is_whole,
    "yuan": _is_yuan,
}
