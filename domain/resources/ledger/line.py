# SPDX-License-Identifier: Apache-2.0
"""One asset as a ledger lists it."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from domain.kernel.money import Fen
from domain.resources.values import FundingSource, Value

Text = Annotated[str, Field(max_length=2000)]
Number = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[^\s\x00]+$")]
LedgerFunding = FundingSource | Literal["fiscal_funds"]
"""Where the money came from; ledgers often say 财政资金 and do not tell of which level."""


class AssetLine(Value):
    """An asset of a ledger, as far as the ledger tells. What it leaves out is None or empty, never assumed.

    `value_fen` is the original value of the whole line; `quantity` how many pieces it stands for; `unit_price_fen` the
    price of one where the ledger states it. `equipment` says whether the ledger's own category is one of instruments
    and equipment; `funding` is the source of money where the words of `funding_text` name exactly one, `fiscal_funds`
    where they name money of a government without its level.
    """

    asset_number: Number
    name: Annotated[str, Field(min_length=1, max_length=2000)]
    model: Text = ""
    manufacturer: Text = ""
    category: Text = ""
    equipment: bool | None = None
    value_fen: Fen
    quantity: int = Field(default=1, ge=1, le=1_000_000)
    unit_price_fen: Fen | None = None
    acquired_on: date | None = None
    accepted_on: date | None = None
    funding_text: Text = ""
    funding: LedgerFunding | None = None
    location: Text = ""
    project_number: Text = ""

    @property
    def key(self) -> str:
        """By what the asset is found in the registry."""
        return asset_key(self.asset_number)

    def costs_at_least(self, fen: int) -> bool:
        """Whether one piece costs that much: the price stated, else the value divided among the pieces."""
        if self.unit_price_fen is not None:
            return self.unit_price_fen >= fen
        return self.value_fen >= fen * self.quantity


def asset_key(number: str) -> str:
    """An asset number as it is compared: full-width forms, case and blanks do not count."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()
