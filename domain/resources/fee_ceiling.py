# SPDX-License-Identifier: Apache-2.0
"""Cost recovery without profit for a fee standard in full (JS 21, CQ 16; A37): the highest effective price counts."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from domain.resources.bands import covering, moments
from domain.resources.pricing import Basket, basket, ceilings_of, has_closed_kinds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from domain.kernel.errors import Rules
    from domain.policy import Edition
    from domain.resources.bands import Moment
    from domain.resources.fee_standard import FeePrice, FeeStandard
    from domain.resources.state import CostSheet

Charged = tuple[str, Basket, str | None]
"""Whom, for what, and for which test item or consumable: several of these are bought one by one, never together."""


def require_at_most_cost(rules: Rules, standard: FeeStandard, sheet: CostSheet | None, edition: Edition) -> None:
    """Note each price that is above its cost at some moment of the week for somebody.

    A minimum is what a use costs at least, so start-up fee, price per use and minimum together answer to the cost of
    a use: then no use, however short, is charged above its cost.
    """
    closed, ceilings = has_closed_kinds(edition), ceilings_of(sheet, edition)
    for (user_kind, (kind, unit), item), price in _highest(standard, closed=closed).items():
        ceiling_fen = ceilings.get((kind, unit), 0)
        rules.require(
            price <= ceiling_fen,
            "resources.above_cost",
            citation=edition.citation("fee.principle"),
            field="standard.lines",
            user_kind=user_kind,
            kind=item or kind or "*",
            unit=unit,
            price_fen=-(-price.numerator // price.denominator),
            ceiling_fen=ceiling_fen,
        )
    _elements(rules, standard, sheet, edition)


def _highest(standard: FeeStandard, *, closed: bool) -> dict[Charged, Fraction]:
    """Of each basket the dearest moment of the week, all lines of a user added up."""
    highest: dict[Charged, Fraction] = defaultdict(Fraction)
    for moment in moments(standard.bands):
        total: dict[Charged, Fraction] = defaultdict(Fraction)
        for line, price in _dearest(standard, moment):
            total[line.user_kind, basket(line, closed=closed), line.item] += price
        for user_kind, kind, amount in _floors(standard):
            total[user_kind, (kind if closed else None, "use"), None] += amount
        for charged, price in total.items():
            highest[charged] = max(highest[charged], price)
    return highest


def _dearest(standard: FeeStandard, moment: Moment) -> Iterator[tuple[FeePrice, Fraction]]:
    """For each slot the highest price that any tag leads to at a moment."""
    bands = covering(standard.bands, moment)
    slots: dict[tuple[str, tuple[str, str, str | None]], tuple[FeePrice, Fraction]] = {}
    for line in _holding(standard, bands):
        price = line.price_fen * _rate(standard, line, bands)
        key = (line.user_kind, line.slot)
        if key not in slots or price > slots[key][1]:
            slots[key] = (line, price)
    yield from slots.values()


def _holding(standard: FeeStandard, bands: frozenset[str]) -> Iterable[FeePrice]:
    """Prices of the bands, and those without band where their slot has none for the moment."""
    banded = [line for line in standard.lines if line.band in bands]
    taken = {(line.user_kind, line.slot, line.tag) for line in banded}
    rest = (line for line in standard.lines if line.band is None)
    return [*banded, *(line for line in rest if (line.user_kind, line.slot, line.tag) not in taken)]


def _rate(standard: FeeStandard, line: FeePrice, bands: frozenset[str]) -> Fraction:
    """What even the least favoured pay: that of the highest tier, of the band, and of the price's own tag."""
    if line.unit not in standard.discounted:
        return Fraction(1)
    rate = max((Fraction(tier.rate) for tier in standard.tiers), default=Fraction(1))
    own = [Fraction(each.rate) for each in standard.tag_discounts if each.tag == line.tag]
    of_band = [Fraction(each.rate) for each in standard.band_discounts if each.band in bands and line.unit == "hour"]
    for each in (*own, *of_band):
        rate *= each
    return rate


def _floors(standard: FeeStandard) -> Iterator[tuple[str, str, int]]:
    floors: dict[tuple[str, str], int] = defaultdict(int)
    for each in standard.minimums:
        floors[each.user_kind, each.kind] = max(floors[each.user_kind, each.kind], each.amount_fen)
    yield from ((user_kind, kind, amount) for (user_kind, kind), amount in floors.items())


def _elements(rules: Rules, standard: FeeStandard, sheet: CostSheet | None, edition: Edition) -> None:
    """A price that names the cost it recovers is at most that cost."""
    costs = {(each.kind, each.unit): each.cost_fen for each in sheet.elements} if sheet else {}
    for line in standard.lines:
        if line.element is None:
            continue
        known = (line.element, line.unit) in costs
        rules.require(
            known, "resources.cost_element_unknown", field="standard.lines", element=line.element, unit=line.unit
        )
        ceiling_fen = costs.get((line.element, line.unit), 0)
        rules.require(
            not known or line.price_fen <= ceiling_fen,
            "resources.above_cost",
            citation=edition.citation("fee.principle"),
            field="standard.lines",
            user_kind=line.user_kind,
            kind=line.element,
            unit=line.unit,
            price_fen=line.price_fen,
            ceiling_fen=ceiling_fen,
        )
