# SPDX-License-Identifier: Apache-2.0
"""Money as integer fen (0.01 yuan). Subsidies round down, prices half-up (ruling 8.1); float never occurs."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import Field

Fen = Annotated[int, Field(strict=True, ge=0, le=10**15, description="Amount in fen, 0.01 yuan")]
Ratio = Annotated[Decimal, Field(ge=0, le=1, max_digits=7, decimal_places=6, description="Share of one")]


def share_down(amount_fen: int, ratio: Decimal) -> int:
    """`ratio` of an amount, rounded down to the fen: 0.30 of 99.99 yuan is 29.99 (JS-22.1, ruling 8.1)."""
    return int((Decimal(amount_fen) * ratio).to_integral_value(ROUND_FLOOR))


def price_half_up(unit_price_fen: int, quantity: Decimal) -> int:
    """A price line: unit price times quantity, half-up to the fen (ruling 8.1)."""
    return int((Decimal(unit_price_fen) * quantity).to_integral_value(ROUND_HALF_UP))


def allocate(total_fen: int, weights: list[Decimal]) -> list[int]:
    """Split a total over weights by largest remainder; ties go to the earlier place (A44), the parts sum exactly."""
    whole = sum(weights, Decimal(0))
    if not weights or whole <= 0:
        message = "allocation needs at least one positive weight"
        raise ValueError(message)
    exact = [Decimal(total_fen) * weight / whole for weight in weights]
    parts = [int(share.to_integral_value(ROUND_FLOOR)) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total_fen - sum(parts)]:
        parts[place] += 1
    return parts


def fen_from_yuan(text: str) -> int:
    """Read an amount written in yuan with at most two decimals, as it stands in files and forms.

    Raises ValueError for anything else, also for more than two decimals: money is never rounded on entry.
    """
    try:
        amount = Decimal(text.strip().replace(",", ""))
    except ArithmeticError as error:
        message = f"not an amount in yuan: {text!r}"
        raise ValueError(message) from error
    fen = amount * 100
    if not amount.is_finite() or fen != fen.to_integral_value():
        message = f"more than two decimals in an amount: {text!r}"
        raise ValueError(message)
    return int(fen)


def yuan(amount_fen: int) -> str:
    """An amount in yuan with two decimals and thousands separators: 1,234.00; minus is U+2212."""
    whole, rest = divmod(abs(amount_fen), 100)
    return f"{'−' if amount_fen < 0 else ''}{whole:,}.{rest:02d}"
