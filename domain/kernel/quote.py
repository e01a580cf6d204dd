# SPDX-License-Identifier: Apache-2.0
"""What a service will cost, line by line, pinned to the version of the fee standard it was computed from."""

from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

UnitOfMeasure = Literal["hour", "use", "sample", "item"]


class QuoteLine(BaseModel):
    """One line: `kind` is a fee line kind of the regime (CQ 16) or machine_time, start_up (JS: kinds are free)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    quantity: Decimal
    unit: UnitOfMeasure
    unit_price_fen: int
    amount_fen: int


class Quote(BaseModel):
    """A quoted price. The charge is the lower of it and the tariff on the day of use (ruling 8.2)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tariff_version: int
    user_kind: str
    lines: tuple[QuoteLine, ...]

    @property
    def total_fen(self) -> int:
        """Sum of the lines."""
        return sum(line.amount_fen for line in self.lines)
