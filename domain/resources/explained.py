# SPDX-License-Identifier: Apache-2.0
"""A quote with the steps that led to it: what each price, discount and minimum adds or takes away, in fen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from domain.kernel.price_facts import PriceFacts

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal

    from domain.kernel.quote import Quote, QuoteLine, UnitOfMeasure
    from domain.kernel.time import Span
    from domain.resources.fee_standard import ChargeModel

What = Literal["price", "start_up", "tag_discount", "tier_discount", "band_discount", "minimum"]
NO_FACTS = PriceFacts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """What is priced: `minutes` used, or asked for, from `start` on; `booked` is the time held for it, if it differs.

    Without a start nothing says which part of the week it falls into; the dearest price is taken then.
    """

    minutes: int
    samples: int = 0
    start: datetime | None = None
    booked: Span | None = None
    facts: PriceFacts = NO_FACTS


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteStep:
    """One step to a line of a quote; `line` counts from 1. The amounts of all steps add up to the quote.

    `unit_price_fen` and `quantity` are those of the line; `rate` is what a discount leaves to pay, `tier` the hours
    it is given for, `10-50` or `50+`.
    """

    line: int
    what: What
    kind: str
    unit: UnitOfMeasure
    quantity: Decimal
    unit_price_fen: int
    amount_fen: int
    tariff_version: int
    model: ChargeModel | None = None
    tag: str | None = None
    band: str | None = None
    item: str | None = None
    tier: str | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line of a quote, the steps to it, and the minutes of it in each month, `YYYY-MM`."""

    line: QuoteLine
    steps: tuple[QuoteStep, ...]
    months: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """A quote and how it came about."""

    quote: Quote
    lines: tuple[PricedLine, ...]

    @property
    def steps(self) -> tuple[QuoteStep, ...]:
        """All steps in order."""
        return tuple(step for line in self.lines for step in line.steps)
