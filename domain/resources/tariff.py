# SPDX-License-Identifier: Apache-2.0
"""A version of the fee standard, and what a service costs under it (JS 21, CQ 16)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from domain.kernel.errors import refusal
from domain.kernel.quote import Quote, QuoteLine

if TYPE_CHECKING:
    from datetime import date

    from domain.resources.values import FeeLine

USER_KINDS = ("internal", "university", "research_institute", "enterprise", "social_rd_organisation", "individual")
"""For whom a price may be set: the provider's own legal person, and the five kinds of outside users (JS 14, CQ 4)."""
MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Tariff:
    """Prices in force from a day on, until a later version."""

    version: int
    effective_from: date
    lines: tuple[FeeLine, ...]


def quote(tariff: Tariff, user_kind: str, *, minutes: int, samples: int = 0) -> Quote:
    """The price of `minutes` of use with `samples` samples, half-up to the fen line by line (ruling 8.1).

    A line per `use` is charged once: a start-up fee is added, not a floor. Lines of nothing are left out.
    Raises `DomainError` `resources.no_price_for_user_kind`.
    """
    lines = [line for line in tariff.lines if line.user_kind == user_kind]
    if not lines:
        raise refusal(
            "resources.no_price_for_user_kind", field="user_kind", user_kind=user_kind, version=tariff.version
        )
    priced = [_priced(line, minutes, samples) for line in lines]
    return Quote(
        tariff_version=tariff.version, user_kind=user_kind, lines=tuple(line for line in priced if line.quantity > 0)
    )


def _priced(line: FeeLine, minutes: int, samples: int) -> QuoteLine:
    match line.unit:
        case "hour":
            # In whole numbers, because a third of an hour has no exact decimal and half a fen must not depend on it.
            quantity = Decimal(minutes) / MINUTES_OF_AN_HOUR
            amount = (2 * line.price_fen * minutes + MINUTES_OF_AN_HOUR) // (2 * MINUTES_OF_AN_HOUR)
        case "use":
            quantity, amount = Decimal(1), line.price_fen
        case "sample" | "item":
            quantity, amount = Decimal(samples), line.price_fen * samples
    return QuoteLine(
        kind=line.kind,
        quantity=round(quantity, 4),
        unit=line.unit,
        unit_price_fen=line.price_fen,
        amount_fen=amount,
    )
