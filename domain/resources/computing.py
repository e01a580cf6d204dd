# SPDX-License-Identifier: Apache-2.0
"""What a use costs under a fee standard in full. Exact within a line, half-up to the fen at its end (ruling 8.1)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.kernel.quote import QuoteLine
from domain.resources.choosing import counted, minimums
from domain.resources.explained import PricedLine, QuoteStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.resources.choosing import Counted, Discount
    from domain.resources.explained import Use
    from domain.resources.fee_standard import FeeStandard, MinimumCharge

HALF = Fraction(1, 2)


def priced_lines(standard: FeeStandard, version: int, user_kind: str, use: Use) -> Iterator[PricedLine]:
    """The lines of a quote with their steps; behind them the minimums that lift the time of a use."""
    time_fen: dict[str, int] = defaultdict(int)
    number = 0
    for number, each in enumerate(counted(standard, user_kind, use), start=1):
        priced = _priced(number, version, each)
        if each.price.unit == "hour":
            time_fen[each.price.kind] += priced.line.amount_fen
        yield priced
    for minimum in minimums(standard, user_kind, use.facts.tags):
        short_fen = minimum.amount_fen - time_fen.get(minimum.kind, minimum.amount_fen)
        if short_fen > 0:  # of no time at all nothing is lifted
            number += 1
            yield _lifted(number, version, minimum, short_fen)


def half_up(exact: Fraction) -> int:
    """The nearest fen; half a fen goes up."""
    return (exact + HALF).__floor__()


def _priced(number: int, version: int, each: Counted) -> PricedLine:
    """Each step takes the difference it makes to the rounded amount, so that the steps add up to the line."""
    price, exact = each.price, each.price.price_fen * each.quantity
    amount = half_up(exact)
    base = QuoteStep(
        line=number,
        what="start_up" if price.model == "start_up" else "price",
        kind=price.kind,
        unit=price.unit,
        quantity=round(Decimal(each.quantity.numerator) / each.quantity.denominator, 4),
        unit_price_fen=price.price_fen,
        amount_fen=amount,
        tariff_version=version,
        model=price.model,
        tag=price.tag,
        band=price.band,
        item=price.item,
    )
    steps = [base]
    for discount in each.discounts:
        exact *= Fraction(discount.rate)
        steps.append(_reduced(base, discount, half_up(exact) - amount))
        amount = half_up(exact)
    return PricedLine(_line(base, amount), tuple(steps), each.months)


def _reduced(base: QuoteStep, discount: Discount, amount_fen: int) -> QuoteStep:
    named = {discount.what.removesuffix("_discount"): discount.name}
    plain = replace(base, what=discount.what, amount_fen=amount_fen, rate=discount.rate, tag=None, band=None)
    return replace(plain, **named)  # type: ignore[arg-type]


def _lifted(number: int, version: int, minimum: MinimumCharge, short_fen: int) -> PricedLine:
    """What is missing to the minimum is a line of its own, so that each line stays a price times a quantity."""
    step = QuoteStep(
        line=number,
        what="minimum",
        kind=minimum.kind,
        unit="use",
        quantity=Decimal(1),
        unit_price_fen=short_fen,
        amount_fen=short_fen,
        tariff_version=version,
        tag=minimum.tag,
    )
    return PricedLine(_line(step, short_fen), (step,))


def _line(step: QuoteStep, amount_fen: int) -> QuoteLine:
    return QuoteLine(
        kind=step.kind,
        quantity=step.quantity,
        unit=step.unit,
        unit_price_fen=step.unit_price_fen,
        amount_fen=amount_fen,
    )
