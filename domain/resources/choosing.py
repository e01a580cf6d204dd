# SPDX-License-Identifier: Apache-2.0
"""Which prices and discounts of a fee standard hold for one user and one use, and for how much."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.resources.bands import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from decimal import Decimal

    from domain.resources.explained import Use, What
    from domain.resources.fee_standard import ChargeModel, DurationTier, FeePrice, FeeStandard, MinimumCharge

MINUTES_OF_AN_HOUR = 60


@dataclass(frozen=True, slots=True)
class Discount:
    """A discount that holds: `rate` of the price is left to pay; `name` is that of the tag, the tier or the band."""

    what: What
    name: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Counted:
    """A price, how often it is to be paid, and the discounts on it; of time also the minutes in each month."""

    price: FeePrice
    quantity: Fraction
    discounts: tuple[Discount, ...]
    months: dict[str, int] = field(default_factory=dict)


def counted(standard: FeeStandard, user_kind: str, use: Use) -> Iterator[Counted]:
    """All that a use is charged for, in the order of the standard; nothing for nothing."""
    for prices in _chosen(standard, user_kind, use.facts.tags):
        price = prices[0]
        if price.unit == "hour":
            yield from _time(standard, prices, use)
            continue
        items = use.facts.items.get(price.item or "", 0)
        quantity = {"use": 1, "sample": use.samples, "item": items}[price.unit]
        if quantity:
            yield Counted(price, Fraction(quantity), _personal(standard, price, use))


def minimums(standard: FeeStandard, user_kind: str, tags: Sequence[str]) -> list[MinimumCharge]:
    """The floors that hold for a user, one for each kind of line: of the first of their tags that has one."""
    mine = [
        each for each in standard.minimums if each.user_kind == user_kind and (each.tag is None or each.tag in tags)
    ]
    mine.sort(key=lambda each: each.tag is None)
    return list({each.kind: each for each in reversed(mine)}.values())


def billed_time(model: ChargeModel, use: Use) -> tuple[datetime | None, int]:
    """From when and for how many minutes time is charged: as booked, as used, or whichever is longer, never both."""
    booked = use.booked
    if booked is None or model == "used_time" or (model == "larger_time" and use.minutes >= booked.minutes):
        return use.start, use.minutes
    return booked.start, booked.minutes


def _chosen(standard: FeeStandard, user_kind: str, tags: Sequence[str]) -> Iterator[list[FeePrice]]:
    """For each slot the prices that hold: those of the first tag of the user's that stands in it, else the untagged."""
    slots: dict[tuple[str, str, str | None], list[FeePrice]] = {}
    for line in standard.lines:
        if line.user_kind == user_kind and (line.tag is None or line.tag in tags):
            slots.setdefault(line.slot, []).append(line)
    for lines in slots.values():
        tag = next((line.tag for line in lines if line.tag), None)
        yield [line for line in lines if line.tag == tag]


def _time(standard: FeeStandard, prices: Sequence[FeePrice], use: Use) -> Iterator[Counted]:
    """Time by parts of the week. Without a start the dearest price counts, so that an estimate is never too low."""
    start, minutes = billed_time(prices[0].model, use)
    if start is None:
        price = max(prices, key=lambda each: each.price_fen)
        if minutes:
            yield Counted(price, Fraction(minutes, MINUTES_OF_AN_HOUR), _personal(standard, price, use))
        return
    rest = next((each for each in prices if each.band is None), None)
    parts: dict[tuple[FeePrice, tuple[Discount, ...]], dict[str, int]] = {}
    for day, bands, length in stretches(standard.bands, start, minutes):
        price_now = next((each for each in prices if each.band in bands), rest)
        if price_now is not None:
            months = parts.setdefault((price_now, _of_band(standard, bands)), {})
            months[f"{day:%Y-%m}"] = months.get(f"{day:%Y-%m}", 0) + length
    for (price, of_band), months in parts.items():
        hours = Fraction(sum(months.values()), MINUTES_OF_AN_HOUR)
        yield Counted(price, hours, (*_personal(standard, price, use), *of_band), months)


def _personal(standard: FeeStandard, price: FeePrice, use: Use) -> tuple[Discount, ...]:
    """The discounts of the user: of their tags the lowest, and that of the hours used so far this year."""
    if price.unit not in standard.discounted:
        return ()
    tagged = [
        Discount("tag_discount", each.tag, each.rate) for each in standard.tag_discounts if each.tag in use.facts.tags
    ]
    hours = Fraction(use.facts.minutes_so_far, MINUTES_OF_AN_HOUR)
    reached = [
        Discount("tier_discount", _hours(each), each.rate)
        for each in standard.tiers
        if each.from_hours <= hours and (each.until_hours is None or hours < each.until_hours)
    ]
    return (*sorted(tagged, key=lambda each: each.rate)[:1], *reached)


def _hours(tier: DurationTier) -> str:
    return f"{tier.from_hours}+" if tier.until_hours is None else f"{tier.from_hours}-{tier.until_hours}"


def _of_band(standard: FeeStandard, bands: frozenset[str]) -> tuple[Discount, ...]:
    given = standard.band_discounts if "hour" in standard.discounted else ()
    return tuple(Discount("band_discount", each.band, each.rate) for each in given if each.band in bands)
