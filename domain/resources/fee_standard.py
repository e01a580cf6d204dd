# SPDX-License-Identifier: Apache-2.0
"""A fee standard in full (JS 21, CQ 16): prices by kind of user, tag and time band, minimums, discounts that multiply.

Prices and discounts carry no bounds here: what is wrong with a standard is said all at once when it is published.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from domain.kernel.house_rules import Name, Tag, TimeBand
from domain.kernel.money import Fen
from domain.kernel.quote import UnitOfMeasure
from domain.resources.values import Value

ChargeModel = Literal["booked_time", "used_time", "larger_time", "start_up", "per_use", "per_sample", "per_item"]

UNIT_OF: dict[ChargeModel, UnitOfMeasure] = {
    "booked_time": "hour",
    "used_time": "hour",
    "larger_time": "hour",
    "start_up": "use",
    "per_use": "use",
    "per_sample": "sample",
    "per_item": "item",
}
"""What is counted under each charge model."""

StatedFen = Annotated[int, Field(strict=True, ge=-(10**15), le=10**15, description="Price in fen, 0.01 yuan")]
Rate = Annotated[
    Decimal,
    Field(ge=-1000, le=1000, max_digits=9, decimal_places=6, description="Share of the price that is left to pay"),
]
Words = Annotated[str, Field(min_length=1, max_length=100)]
TierHours = Annotated[int, Field(ge=0, le=100_000)]


class FeePrice(Value):
    """One price. `kind` is the fee line kind (CQ 16: one of three), `element` the cost it recovers, where it names one.

    With a `tag` it takes the place of the untagged price for users who have that tag with the provider; with a `band`
    it holds in that part of the week, and a price without band in all the rest. `item` names a test item or consumable.
    """

    user_kind: Words
    kind: Words
    model: ChargeModel
    price_fen: StatedFen
    tag: Tag | None = None
    band: Name | None = None
    item: Name | None = None
    element: Words | None = None

    @property
    def unit(self) -> UnitOfMeasure:
        """What the price is for."""
        return UNIT_OF[self.model]

    @property
    def slot(self) -> tuple[str, str, str | None]:
        """What it prices: of the prices with the same slot one holds for a user at a moment."""
        return (self.kind, "time" if self.unit == "hour" else self.model, self.item)


class MinimumCharge(Value):
    """The least that the time of one use costs: a floor, where a start-up fee is added."""

    user_kind: Words
    kind: Words
    amount_fen: StatedFen
    tag: Tag | None = None


class TagDiscount(Value):
    """What users with a tag pay of the price; of several the lowest counts."""

    tag: Tag
    rate: Rate


class DurationTier(Value):
    """What is paid by those who have used the provider's instruments this year for `[from_hours, until_hours)`."""

    from_hours: TierHours
    until_hours: TierHours | None = None
    rate: Rate


class BandDiscount(Value):
    """What is paid of the price of an hour in a part of the week."""

    band: Name
    rate: Rate


class FeeStandard(Value):
    """All that a version of the fee standard says. Parts of the week with one name are one band.

    Discounts multiply, tag × tier × band, on the units in `discounted`. Above `second_person_above_fen` a reduction of
    a charge needs a second person of the unit.
    """

    lines: tuple[FeePrice, ...] = Field(max_length=500)
    bands: tuple[TimeBand, ...] = Field(default=(), max_length=40)
    minimums: tuple[MinimumCharge, ...] = Field(default=(), max_length=50)
    tag_discounts: tuple[TagDiscount, ...] = Field(default=(), max_length=50)
    tiers: tuple[DurationTier, ...] = Field(default=(), max_length=20)
    band_discounts: tuple[BandDiscount, ...] = Field(default=(), max_length=20)
    discounted: tuple[UnitOfMeasure, ...] = Field(default=("hour",), max_length=4)
    second_person_above_fen: Fen | None = None

    @property
    def asks_who(self) -> bool:
        """Whether a price depends on the user's tags or hours."""
        tagged = any(line.tag for line in self.lines) or any(minimum.tag for minimum in self.minimums)
        return tagged or bool(self.tag_discounts or self.tiers)
