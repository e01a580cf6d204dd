# SPDX-License-Identifier: Apache-2.0
"""Prices, step by step."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime, Field

from api.http.documents.document import Document, Exact, Position, TermDocument
from domain.kernel.quote import UnitOfMeasure
from domain.resources.explained import What
from domain.resources.fee_standard import ChargeModel


class PricedLine(Document):
    """A line of a quote: price by quantity, discounts and minimum included in its amount."""

    kind: str
    quantity: Exact
    unit: UnitOfMeasure
    unit_price_fen: int
    amount_fen: int


class PriceStep(Document):
    """What led to line `line`, counted from 1; the amounts of all steps add up to the quote.

    `rate` is what a discount leaves to pay, `tier` the hours of this year that it is given for.
    """

    line: int
    what: What
    kind: str
    unit: UnitOfMeasure
    quantity: Exact
    unit_price_fen: int
    amount_fen: int
    tariff_version: int
    text: str
    model: ChargeModel | None = None
    band: str | None = None
    item: str | None = None
    tag: str | None = None
    tier: str | None = None
    rate: Exact | None = None


class PriceFactsDocument(Document):
    """What a price depends on beside the use: the user's tags, minutes used with the unit this year, items.

    `user_kind` is the kind stated for a customer without an account, with the reason; null where it is that on record.
    """

    tags: list[str]
    minutes_so_far: int
    items: dict[str, int]
    user_kind: str | None = None
    kind_reason: str = ""


class QuotedDocument(Document):
    """What a use would cost by the fee standard in force on its day."""

    instrument: UUID
    tariff_version: int
    effective_from: date
    user_kind: str
    facts: PriceFactsDocument
    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime = Field(alias="to")
    minutes: int
    samples: int
    total_fen: int
    lines: list[PricedLine]
    steps: list[PriceStep]
    definition: TermDocument
    position: Position
