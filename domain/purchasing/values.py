# SPDX-License-Identifier: Apache-2.0
"""What is to be bought, with whose money and at what price."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.money import Fen, price_half_up

Act = Literal["new_purchase", "new_construction", "repair"]
FundingSource = Literal[
    "central_fiscal_funds",
    "provincial_fiscal_funds",
    "municipal_fiscal_funds",
    "district_fiscal_funds",
    "state_owned_capital",
    "enterprise",
    "social_capital",
    "own_funds",
]
"""The same names as in the registry, so that a bought instrument's funding is the reviewed one's."""
Currency = Literal["CNY", "USD", "EUR", "GBP", "JPY", "CHF", "SEK", "DKK", "AUD", "CAD", "HKD", "SGD", "KRW"]
HOME: Currency = "CNY"
Rate = Annotated[Decimal, Field(gt=0, max_digits=14, decimal_places=6, description="Yuan for one unit of the currency")]


class Value(BaseModel):
    """Base of values: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FundingShare(Value):
    """How much of the price one source pays, in fen."""

    source: FundingSource
    amount_fen: Fen


class Price(Value):
    """The whole outlay for one piece, in hundredths of the currency's unit, at the rate of a day (A15).

    Tax, freight and accessories are stated beside the bare price, so that none of them can be left out of the sum.
    """

    currency: Currency = HOME
    bare: Fen
    tax_and_duty: Fen = 0
    freight: Fen = 0
    accessories: Fen = 0
    rate: Rate = Decimal(1)
    rate_on: date | None = None

    @property
    def fen(self) -> int:
        """The outlay in yuan, half-up to the fen (ruling 8.1)."""
        return price_half_up(self.bare + self.tax_and_duty + self.freight + self.accessories, self.rate)


class Item(Value):
    """One kind of thing to buy. `class_code` is its code in the national classification, as in the registry."""

    name: str = Field(min_length=1, max_length=200)
    class_code: str = Field(max_length=20)
    model: str = Field(default="", max_length=200)
    specification: str = Field(default="", max_length=2000)
    quantity: int = Field(ge=1, le=10_000)
    price: Price


class Purchase(Value):
    """What one request asks for.

    `one_system` says that the items are bought to work as one system (A19) and are functionally inseparable (A20).
    `set_price_fen` is the price of the whole set where it is more than its parts: installation, integration.
    """

    act: Act
    object_kind: str = Field(max_length=64)
    items: tuple[Item, ...] = Field(min_length=1, max_length=200)
    one_system: bool = False
    set_price_fen: Fen | None = None
    funding: tuple[FundingShare, ...] = Field(max_length=50)
    purpose: str = Field(default="", max_length=4000)

    @property
    def parts_fen(self) -> int:
        """All items with their quantities."""
        return sum(item.price.fen * item.quantity for item in self.items)

    @property
    def total_fen(self) -> int:
        """What the purchase costs."""
        return self.set_fen or self.parts_fen

    @property
    def set_fen(self) -> int | None:
        """The price of the set, None where the items do not make one."""
        if not self.one_system:
            return None
        return self.parts_fen if self.set_price_fen is None else self.set_price_fen

    @property
    def dearest_fen(self) -> int:
        """The highest price of a single piece."""
        return max(item.price.fen for item in self.items)

    def paid_by(self, sources: frozenset[str]) -> int:
        """What these sources pay together, in fen."""
        return sum(share.amount_fen for share in self.funding if share.source in sources)

    def at(self, prices: tuple[Price, ...], set_price_fen: int | None, funding: tuple[FundingShare, ...]) -> "Purchase":
        """The same things at other prices. Raises ValueError where there are not as many prices as items."""
        items = tuple(item.model_copy(update={"price": price}) for item, price in zip(self.items, prices, strict=True))
        return self.model_copy(update={"items": items, "set_price_fen": set_price_fen, "funding": funding})
