# SPDX-License-Identifier: Apache-2.0
"""Fee standards as a hostile tester states them: borders, edges, roundings; and no way around the cost of a use."""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import TimeBand
from domain.kernel.price_facts import PriceFacts
from domain.kernel.time import Span
from domain.policy import Edition
from domain.resources.explained import Use
from domain.resources.fee_standard import BandDiscount, FeePrice, FeeStandard, MinimumCharge, TagDiscount
from domain.resources.pricing import ceilings_of, has_closed_kinds
from domain.resources.tariff import Tariff, explain_quote
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.resources.examples import TODAY, cost
from tests.domain.resources.test_fee_standard import DAY, EVERY_DAY, NIGHT, amounts, at, price, rates, standard
from tests.domain.resources.test_publishing_fees import publish, tier

HOUR, USE, SAMPLE, ITEM = 30_000, 10_000, 2_000, 800
CHEAP = st.integers(0, 2 * HOUR)


def night(name: str, start: int, end: int) -> TimeBand:
    return TimeBand(name=name, weekdays=EVERY_DAY, start_minute=start, end_minute=end)


TOUCHING = (night("late", 1320, 1440), night("early", 0, 480))
MIDNIGHT = [
    (at(23, 59), 1, [167]),
    (at(23, 59), 2, [167, 333]),
    (at(0), 1, [333]),
    (at(7, 59), 2, [333, 500]),
    (at(23, 59, day=31), 2, [167, 333]),
    (at(21, 59), 24 * 60, [20_000, 160_000, 420_000]),
]
"""100.00 late, 200.00 early and 300.00 by day: from when, how many minutes, and what each part costs."""


@pytest.mark.parametrize(("start", "minutes", "expected"), MIDNIGHT)
def test_bands_that_touch_at_midnight_take_each_minute_once(start: datetime, minutes: int, expected: list[int]) -> None:
    banded = standard(price(10_000, band="late"), price(20_000, band="early"), price(30_000), bands=TOUCHING)
    assert sorted(amounts(banded, minutes=minutes, start=start)) == sorted(expected)


def test_one_band_of_two_parts_over_midnight_is_one_line_rounded_once() -> None:
    whole = standard(price(100, band="night"), price(100), bands=NIGHT)
    assert amounts(whole, minutes=2, start=at(23, 59)) == [3]


ROUNDED = [(1, 30, 1), (1, 29, 0), (3, 10, 1), (3, 9, 0), (59, 1, 1), (29, 1, 0), (30, 1, 1)]
"""Fen an hour, minutes, and fen to pay: half a fen goes up, less than half down."""


@pytest.mark.parametrize(("price_fen", "minutes", "fen"), ROUNDED)
def test_half_a_fen_goes_up(price_fen: int, minutes: int, fen: int) -> None:
    found = amounts(standard(price(price_fen)), minutes=minutes, start=at(9))
    assert sum(found) == fen


FLOORS = [
    (59, "0.9", 40_000),
    (88, "0.9", 40_000),
    (89, "0.9", 40_050),
    (90, "0.9", 40_500),
    (1, "0", 40_000),
    (0, "0.9", 0),
]
"""300.00 an hour with a discount, at least 400.00 for the time; minutes, rate, and the time's price."""


@pytest.mark.parametrize(("minutes", "rate", "time_fen"), FLOORS)
def test_the_minimum_floors_the_discounted_time_and_the_start_up_fee_comes_on_top(
    minutes: int, rate: str, time_fen: int
) -> None:
    whole = standard(
        price(30_000),
        price(5_001, "start_up", "start_up"),
        minimums=(MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=40_000),),
        tag_discounts=(TagDiscount(tag="partner", rate=Decimal(rate)),),
    )
    found = amounts(whole, minutes=minutes, start=at(9), facts=PriceFacts(tags=("partner",)))
    assert sum(found) == time_fen + 5_001


TIERS = [(0, 30_000), (599, 30_000), (600, 15_000), (2_999, 15_000), (3_000, 0)]


@pytest.mark.parametrize(("minutes_so_far", "fen"), TIERS)
def test_a_tier_begins_with_its_first_minute(minutes_so_far: int, fen: int) -> None:
    tiered = standard(price(30_000), tiers=(tier(0, 10), tier(10, 50, "0.5"), tier(50, None, "0")))
    assert sum(amounts(tiered, minutes=60, start=at(9), facts=PriceFacts(minutes_so_far=minutes_so_far))) == fen


@st.composite
def published(draw: st.DrawFn) -> dict[str, Any]:
    """Lines near their costs, so that some standards are let through and some are not."""
    lines = [
        price(draw(CHEAP), draw(st.sampled_from(["used_time", "booked_time", "larger_time"]))),
        price(draw(st.integers(0, USE)), "start_up", "start_up"),
        price(draw(st.integers(0, SAMPLE)), "per_sample", "preparation"),
        price(draw(st.integers(0, ITEM)), "per_item", "consumables", item="grid"),
    ]
    model = lines[0].model
    lines += [price(draw(CHEAP), model, tag=tag) for tag in draw(st.sets(st.sampled_from(["partner", "friend"])))]
    lines += [price(draw(CHEAP), model, band=band) for band in draw(st.sets(st.sampled_from(["day", "night"])))]
    if draw(st.booleans()):
        lines.append(price(draw(st.integers(0, HOUR // 2)), "used_time", "labour"))
    floor = draw(st.integers(0, USE))
    return {
        "lines": tuple(lines),
        "bands": (DAY, *NIGHT),
        "minimums": (MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=floor),),
        "tag_discounts": tuple(TagDiscount(tag=tag, rate=draw(rates)) for tag in ("partner", "friend")),
        "band_discounts": (BandDiscount(band="night", rate=draw(rates)),),
        "tiers": (tier(0, 10, str(draw(rates))), tier(10, None, str(draw(rates)))),
        "discounted": draw(st.sampled_from([("hour",), ("hour", "use", "sample", "item")])),
    }


@st.composite
def any_use(draw: st.DrawFn) -> Use:
    start = at(draw(st.integers(0, 23)), draw(st.integers(0, 59)), day=draw(st.integers(1, 31)))
    minutes = draw(st.integers(0, 3_000))
    booked = Span(start=start, end=start + timedelta(minutes=draw(st.integers(1, 3_000))))
    facts = PriceFacts(
        tags=tuple(draw(st.permutations(["partner", "friend", "other"])))[: draw(st.integers(0, 3))],
        minutes_so_far=draw(st.integers(0, 1_200)),
        items={"grid": draw(st.integers(0, 5))},
    )
    samples = draw(st.integers(0, 20))
    return Use(minutes=minutes, samples=samples, start=start, booked=booked, facts=facts)


COSTS = (cost(HOUR), cost(USE, "labour", "use"), cost(SAMPLE, "material", "sample"), cost(ITEM, "material", "item"))


@settings(max_examples=200, deadline=None)
@given(published(), any_use())
def test_no_standard_that_is_let_through_charges_a_use_above_its_cost(stated: dict[str, Any], use: Use) -> None:
    lines = stated.pop("lines")
    outcome = publish(*lines, costs=COSTS, **stated)
    assume(outcome.refused is None)
    full = FeeStandard(lines=lines, **stated)
    tariff = Tariff(version=1, effective_from=TODAY, lines=lines, full=full)
    charged, most = _charged(tariff, use), _most(use, JIANGSU)
    for unit, (fen, rounded) in charged.items():
        assert fen <= most[unit] + Fraction(rounded, 2), (unit, fen, most[unit])


def _charged(tariff: Tariff, use: Use) -> dict[str, tuple[int, int]]:
    """By unit of measure what is charged, and how many lines were rounded."""
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for line in explain_quote(tariff, "enterprise", use).quote.lines:
        fen, count = found[line.unit]
        found[line.unit] = (fen + line.amount_fen, count + 1)
    return found


def _most(use: Use, edition: Edition) -> dict[str, Fraction]:
    assert use.booked is not None
    assert not has_closed_kinds(edition)
    hours = Fraction(max(use.minutes, use.booked.minutes), 60)
    return {
        "hour": HOUR * hours,
        "use": Fraction(USE),
        "sample": Fraction(SAMPLE * use.samples),
        "item": Fraction(ITEM * use.facts.items["grid"]),
    }


@settings(max_examples=200, deadline=None)
@given(published(), any_use(), st.integers(1, 600))
def test_a_longer_use_never_costs_less(stated: dict[str, Any], use: Use, more: int) -> None:
    full = FeeStandard(**stated)
    tariff = Tariff(version=1, effective_from=TODAY, lines=full.lines, full=full)
    longer = Use(minutes=use.minutes + more, samples=use.samples, start=use.start, booked=use.booked, facts=use.facts)
    if full.lines[0].model == "larger_time":
        longer = Use(minutes=longer.minutes, samples=use.samples, start=use.start, facts=use.facts)
        use = Use(minutes=use.minutes, samples=use.samples, start=use.start, facts=use.facts)
    assert (
        explain_quote(tariff, "enterprise", use).quote.total_fen
        <= explain_quote(tariff, "enterprise", longer).quote.total_fen
    )


def test_ceilings_of_no_sheet_are_none() -> None:
    assert ceilings_of(None, JIANGSU) == ceilings_of(None, CHONGQING) == {}


NEGATIVE: list[tuple[str, dict[str, Any]]] = [
    ("resources.price_negative", {"lines": (price(-1),)}),
    ("resources.discount_out_of_range", {"tag_discounts": (TagDiscount(tag="a", rate=Decimal("-0.000001")),)}),
    ("resources.discount_out_of_range", {"tag_discounts": (TagDiscount(tag="a", rate=Decimal("1.000001")),)}),
]


@pytest.mark.parametrize(("code", "changes"), NEGATIVE)
def test_nobody_is_paid_for_a_use_nor_charged_more_by_a_discount(code: str, changes: dict[str, Any]) -> None:
    lines: tuple[FeePrice, ...] = changes.pop("lines", (price(1),))
    publish(*lines, **changes).then_refused(code)


def test_an_item_of_another_kind_of_user_has_no_price() -> None:
    mixed = standard(price(1), price(5, "per_item", "consumables", item="grid").model_copy(update={"user_kind": "x"}))
    with pytest.raises(DomainError) as refused:
        amounts(mixed, minutes=1, facts=PriceFacts(items={"grid": 1}))
    assert refused.value.codes == ("resources.no_price_for_item",)
