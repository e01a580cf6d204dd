# SPDX-License-Identifier: Apache-2.0
"""Values that describe a resource: funding, opening hours, fee standard, cost sheet, publication."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.money import Fen
from domain.kernel.quote import UnitOfMeasure

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
MINUTES_OF_A_DAY = 24 * 60


class Value(BaseModel):
    """Base of values: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FundingShare(Value):
    """How much of the original value came from one source (JS 2.b, CQ 5, A06)."""

    source: FundingSource
    amount_fen: Fen


class OpeningWindow(Value):
    """A weekly opening: ISO weekday 1-7, minutes after local midnight, half-open."""

    weekday: int = Field(ge=1, le=7)
    start_minute: int = Field(ge=0, lt=MINUTES_OF_A_DAY)
    end_minute: int = Field(gt=0, le=MINUTES_OF_A_DAY)


class BookingTerms(Value):
    """How a resource is reserved. Times in minutes; `capacity` is the number of lanes."""

    slot_minutes: int = Field(gt=0, le=MINUTES_OF_A_DAY)
    min_minutes: int = Field(gt=0)
    max_minutes: int = Field(gt=0)
    setup_minutes: int = Field(ge=0, default=0)
    cleanup_minutes: int = Field(ge=0, default=0)
    capacity: int = Field(ge=1, le=1000, default=1)
    confirmation: Literal["automatic", "manual"]


class FeeLine(Value):
    """A price for one kind of user. `kind` is one of the regime where it has a closed list (CQ 16)."""

    user_kind: str
    kind: str
    unit: UnitOfMeasure
    price_fen: Fen


class CostElement(Value):
    """What one unit of measure costs the provider (JS 21.e, CQ 16)."""

    kind: str
    unit: UnitOfMeasure
    cost_fen: Fen


class PublicationItems(Value):
    """The items that must be public (JS 15 six, CQ 14 five; the superset satisfies both)."""

    sharing_rules: str
    service_mode: str
    service_content: str
    fee_standard: str
    opening_limit: str
    catalogue: str
