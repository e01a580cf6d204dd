# SPDX-License-Identifier: Apache-2.0
"""The fee standard in full, as it is published (JS 15, 21.e; CQ 16.a)."""

from datetime import date
from typing import ClassVar

from domain.kernel.event import Event
from domain.resources.fee_standard import FeeStandard


class FeeStandardPublished(Event):
    """A version of the fee standard in force from a day on, with bands, minimums and discounts.

    It shares the numbering of `TariffPublished`, so that a quote's version names either.
    """

    TYPE: ClassVar[str] = "resources.FeeStandardPublished"

    tariff_version: int
    effective_from: date
    standard: FeeStandard
    cost_sheet_version: int | None
