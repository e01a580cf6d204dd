# SPDX-License-Identifier: Apache-2.0
"""What a charge rests on, and how it changes before it is billed. Amounts in fen."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from domain.billing.events import BillLine
from domain.kernel.event import Event
from domain.kernel.money import Fen
from domain.kernel.price_facts import PriceFacts
from domain.kernel.time import Instant, Span


class UsePriced(Event):
    """Stands before a charge and says what its price depends on beside quantities, so that it can be computed again.

    `start` is from when time is charged, `booked` the time held less what others took of it; the fund card is the one
    chosen with the request. Left out where plain prices and a quantity say it all.
    """

    TYPE: ClassVar[str] = "billing.UsePriced"

    start: Instant
    booked: Span | None
    facts: PriceFacts = Field(default_factory=PriceFacts)
    fund_card: str | None = None
    project_type: str | None = None


class FundCardNamed(Event):
    """The fund card to be charged was named, or changed, after the use; it stands before the one of the request."""

    TYPE: ClassVar[str] = "billing.FundCardNamed"

    fund_card: str


class ChargeCorrected(Event):
    """The record of use was corrected before the bill, and the charge follows it."""

    TYPE: ClassVar[str] = "billing.ChargeCorrected"

    used_on: date
    used_minutes: int = Field(ge=0)
    samples: int = Field(ge=0, default=0)
    tariff_version: int
    lines: tuple[BillLine, ...]
    amount_fen: Fen
    reason: str


class AdjustmentProposed(Event):
    """The unit would charge less, by an amount that needs a second person (the fee standard says from which on)."""

    TYPE: ClassVar[str] = "billing.AdjustmentProposed"

    lines: tuple[BillLine, ...]
    amount_fen: Fen
    reason: str
    proposed_by: UUID


class AdjustmentDeclined(Event):
    """The second person says no; the charge stays as it is."""

    TYPE: ClassVar[str] = "billing.AdjustmentDeclined"

    reason: str


class ChargeAdjusted(Event):
    """The unit charges an amount of its own, at most the computed one (JS 21, CQ 16, A37).

    `proposed_by` is named where a second person decided.
    """

    TYPE: ClassVar[str] = "billing.ChargeAdjusted"

    lines: tuple[BillLine, ...]
    amount_fen: Fen
    reason: str
    proposed_by: UUID | None = None


class ChargeLockSetAside(Event):
    """The unit's head let a charge of a locked day be changed; it stands beside the change."""

    TYPE: ClassVar[str] = "billing.ChargeLockSetAside"

    day: date
    locked_through: date
    head: UUID
    reason: str
