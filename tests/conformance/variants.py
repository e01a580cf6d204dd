# SPDX-License-Identifier: Apache-2.0
"""A regulation that differs by the smallest step in one thing that its text fixes."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.policy import Edition

MADE_UP = "made_up"
FEN = Decimal("0.01")
STEPS = {"yuan": FEN, "ratio": Decimal("0.01"), "score": FEN}


def variants(edition: Edition, name: str) -> Iterator[tuple[str, Edition]]:
    """The edition with the parameter moved by its smallest unit, in each direction, with words for the move.

    Numbers and days move by one step up and down, truth turns over, of a list each entry is left out once and one is
    added, words become other words. What a regulation is silent on is not moved: silence has no next value.
    """
    parameter = edition.parameter(name)
    for words, value in _moves(parameter.value, parameter.unit):
        moved = parameter.model_copy(update={"value": value})
        yield f"{name}: {words}", edition.model_copy(update={"parameters": {**edition.parameters, name: moved}})


def _moves(value: Any, unit: str) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - each parameter has its own type
    match value:
        case bool():
            yield f"{value} turned over", not value
        case int() | Decimal():
            yield from _stepped(value, STEPS.get(unit, 1))
        case date():
            yield from _stepped(value, timedelta(days=1))
        case tuple():
            for index, left_out in enumerate(value):
                yield f"without {left_out}", (*value[:index], *value[index + 1 :])
            yield f"with {MADE_UP}", (*value, MADE_UP)
        case dict():
            for key, inner in value.items():
                for words, moved in _moves(inner, unit):
                    yield f"{key}: {words}", {**value, key: moved}
        case str():
            yield f"{MADE_UP} for {value}", MADE_UP


def _stepped(value: Any, step: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - numbers and days
    yield f"{value} + {step}", value + step
    if isinstance(value, date) or value >= step:
        yield f"{value} - {step}", value - step
