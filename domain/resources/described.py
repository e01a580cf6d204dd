# SPDX-License-Identifier: Apache-2.0
"""Values of descriptive fields. Each says what it is, so that it can be read for ever, without the schema.

`kind` has no default: the log does not store defaults, and a stored value must name its kind.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.kernel.money import Fen
from domain.resources.values import Value

Classification = Literal["public", "restricted", "internal"]
"""Who may see it: everybody; the authorities and the unit; the unit and control alone. Never a state secret (8.23)."""
STRICTER: dict[Classification, int] = {"public": 0, "restricted": 1, "internal": 2}
LONGEST = 4000


class TextValue(Value):
    """Words."""

    kind: Literal["text"]
    value: str = Field(min_length=1, max_length=LONGEST)


class NumberValue(Value):
    """A quantity in a unit, exact."""

    kind: Literal["number"]
    value: Decimal = Field(ge=0, max_digits=18, decimal_places=6)
    unit: str = ""


class MoneyValue(Value):
    """An amount in fen."""

    kind: Literal["money"]
    value: Fen


class DateValue(Value):
    """A business date."""

    kind: Literal["date"]
    value: date


class CodesValue(Value):
    """One or several answers of a closed list."""

    kind: Literal["codes"]
    value: tuple[str, ...] = Field(min_length=1)


class UrlValue(Value):
    """A web address."""

    kind: Literal["url"]
    value: str = Field(pattern=r"^https?://\S+$", max_length=LONGEST)


class FlagValue(Value):
    """Yes or no."""

    kind: Literal["flag"]
    value: bool


Described = Annotated[
    TextValue | NumberValue | MoneyValue | DateValue | CodesValue | UrlValue | FlagValue, Field(discriminator="kind")
]
"""The value of one descriptive field."""


def stricter(one: Classification, other: Classification) -> Classification:
    """The narrower of two classifications: that of a field and that of its submission."""
    return max(one, other, key=STRICTER.__getitem__)
