# SPDX-License-Identifier: Apache-2.0
"""What a use costs under a fee standard with bands, tags, tiers, minimums; and that it explains itself."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import TimeBand
from domain.kernel.price_facts import PriceFacts
from domain.kernel.time import SHANGHAI, Span
from domain.resources.explained import Use
from domain.resources.fee_standard import (
    BandDiscount,
    DurationTier,
    FeePrice,
    FeeStandard,
    MinimumCharge,
    TagDiscount,
)
from domain.resources.tariff import Tariff, explain_quote, quote
from domain.resources.values import FeeLine

EVERY_DAY = tuple(range(1, 8))
NIGHT = (
    TimeBand(name="night", weekdays=EVERY_DAY, start_minute=0, end_minute=480),
    TimeBand(name="night", weekdays=EVERY_DAY, start_minute=1320, end_minute=1440),
)
DAY = TimeBand(name="day", weekdays=EVERY_DAY, start_minute=480, end_minute=1320)


def price(price_fen: int, model: str = "used_time", kind: str = "machine_time", **more: Any) -> FeePrice:  # noqa: ANN401
    stated = {"user_kind": "enterprise", "kind": kind, "model": model, "price_fen": price_fen}
    return FeePrice.model_validate(stated | more)


def test_a_band_of_prices_is_kept_for_nobody() -> None:
    """Whose time it is, house rules say; a price for some is one with a tag."""
    kept = DAY.model_dump() | {"open_to_tags": ["partner"]}
    with pytest.raises(ValueError, match="open_to_tags"):
        FeeStandard.model_validate({"lines": (price(1),), "bands": [kept]})


def standard(*lines: FeePrice, **more: Any) -> Tariff:  # noqa: ANN401 - any part of a standard
    full = FeeStandard(lines=lines, **more)
    return Tariff(version=3, effective_from=date(2026, 1, 1), lines=full.lines, full=full)


def at(hour: int, minute: int = 0, *, day: int = 3, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def amounts(tariff: Tariff, **use: Any) -> list[int]:  # noqa: ANN401 - any quantity
    return [line.amount_fen for line in quote(tariff, "enterprise", **use).lines]


def test_a_use_across_the_border_of_a_band_is_priced_by_parts() -> None:
    banded = standard(price(30000, band="day"), price(10000, band="night"), bands=(DAY, *NIGHT))
    assert amounts(banded, minutes=120, start=at(21)) == [30000, 10000]
    assert amounts(banded, minutes=90, start=at(21, 30)) == [15000, 10000]
    assert amounts(banded, minutes=60, start=at(21)) == [30000]
    assert amounts(banded, minutes=60, start=at(22)) == [10000]


def test_a_use_over_midnight_and_over_days_adds_up_by_band() -> None:
    banded = standard(price(30000, band="day"), price(10000, band="night"), bands=(DAY, *NIGHT))
    whole = quote(banded, "enterprise", minutes=48 * 60, start=at(0))
    assert [(str(line.quantity), line.amount_fen) for line in whole.lines] == [
        ("20.0000", 200000),
        ("28.0000", 840000),
    ]


def test_weekdays_and_weekends_are_bands_of_their_own() -> None:
    weekend = TimeBand(name="weekend", weekdays=(6, 7), start_minute=0, end_minute=1440)
    banded = standard(price(30000), price(15000, band="weekend"), bands=(weekend,))
    assert amounts(banded, minutes=120, start=at(23, day=6)) == [30000, 15000]  # Friday 23:00 to Saturday 1:00


def test_without_a_time_an_estimate_takes_the_dearest_band() -> None:
    banded = standard(price(30000, band="day"), price(10000, band="night"), bands=(DAY, *NIGHT))
    assert amounts(banded, minutes=60) == [30000]


def test_discounts_of_tag_tier_and_band_multiply_and_are_rounded_once() -> None:
    reduced = standard(
        price(33333),
        bands=NIGHT,
        tag_discounts=(TagDiscount(tag="partner", rate=Decimal("0.9")),),
        tiers=(
            DurationTier(from_hours=0, until_hours=10, rate=Decimal(1)),
            DurationTier(from_hours=10, until_hours=None, rate=Decimal("0.85")),
        ),
        band_discounts=(BandDiscount(band="night", rate=Decimal("0.5")),),
    )
    facts = PriceFacts(tags=("partner",), minutes_so_far=600)
    explained = explain_quote(reduced, "enterprise", Use(minutes=60, start=at(23), facts=facts))
    assert explained.quote.total_fen == 12750  # 333.33 × 0.9 × 0.85 × 0.5 = 127.49…, rounded once
    assert [(step.what, step.amount_fen) for step in explained.steps] == [
        ("price", 33333),
        ("tag_discount", -3333),
        ("tier_discount", -4500),
        ("band_discount", -12750),
    ]


@pytest.mark.parametrize(("minutes_so_far", "total_fen"), [(599, 10000), (600, 8000), (1199, 8000), (1200, 5000)])
def test_a_tier_begins_at_its_hour(minutes_so_far: int, total_fen: int) -> None:
    tiered = standard(
        price(10000),
        tiers=(
            DurationTier(from_hours=0, until_hours=10, rate=Decimal(1)),
            DurationTier(from_hours=10, until_hours=20, rate=Decimal("0.8")),
            DurationTier(from_hours=20, until_hours=None, rate=Decimal("0.5")),
        ),
    )
    facts = PriceFacts(minutes_so_far=minutes_so_far)
    assert amounts(tiered, minutes=60, facts=facts) == [total_fen]


def test_of_several_tags_the_lowest_discount_counts_and_a_price_for_a_tag_takes_the_place_of_the_other() -> None:
    tagged = standard(
        price(30000),
        price(12000, tag="alumni"),
        tag_discounts=(TagDiscount(tag="a", rate=Decimal("0.9")), TagDiscount(tag="b", rate=Decimal("0.7"))),
    )
    assert amounts(tagged, minutes=60, facts=PriceFacts(tags=("a", "b"))) == [21000]
    assert amounts(tagged, minutes=60, facts=PriceFacts(tags=("alumni",))) == [12000]


def test_a_start_up_fee_is_added_and_a_minimum_is_a_floor() -> None:
    """Needs 9: both exist, and they are different things."""
    both = standard(
        price(30000),
        price(10000, "start_up", "start_up"),
        minimums=(MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=20000),),
    )
    assert amounts(both, minutes=60) == [30000, 10000]
    assert amounts(both, minutes=20) == [10000, 10000, 10000]
    explained = explain_quote(both, "enterprise", Use(minutes=20))
    assert [(step.what, step.amount_fen) for step in explained.steps] == [
        ("price", 10000),
        ("start_up", 10000),
        ("minimum", 10000),
    ]
    assert amounts(both, minutes=40) == [20000, 10000]


BOOKED = Span(start=at(9), end=at(11))


@pytest.mark.parametrize(
    ("model", "used_minutes", "total_fen"),
    [
        ("booked_time", 60, 60000),
        ("booked_time", 180, 60000),
        ("used_time", 60, 30000),
        ("used_time", 180, 90000),
        ("larger_time", 60, 60000),
        ("larger_time", 180, 90000),
    ],
)
def test_time_is_charged_as_booked_as_used_or_by_the_larger_never_by_both(
    model: str, used_minutes: int, total_fen: int
) -> None:
    """A use inside a paid booking is not billed twice."""
    charged = standard(price(30000, model))
    assert amounts(charged, minutes=used_minutes, start=at(9), booked=BOOKED) == [total_fen]


def test_samples_items_and_uses_are_counted_and_what_was_not_taken_is_left_out() -> None:
    counted = standard(
        price(5000, "per_use", "operation"),
        price(800, "per_sample", "preparation"),
        price(1500, "per_item", "consumables", item="grid"),
        price(9900, "per_item", "consumables", item="tip"),
    )
    facts = PriceFacts(items={"grid": 3})
    assert amounts(counted, minutes=0, samples=2, facts=facts) == [5000, 1600, 4500]


def test_an_item_without_a_price_is_refused_with_those_that_have_one() -> None:
    counted = standard(price(1500, "per_item", "consumables", item="grid"))
    with pytest.raises(DomainError) as refused:
        quote(counted, "enterprise", minutes=60, facts=PriceFacts(items={"tip": 1}))
    assert refused.value.codes == ("resources.no_price_for_item",)
    assert refused.value.violations[0].parameters["known"] == "grid"


def test_a_long_use_knows_its_minutes_in_each_month() -> None:
    explained = explain_quote(standard(price(10000)), "enterprise", Use(minutes=120, start=at(23, day=31)))
    assert explained.lines[0].months == {"2026-03": 60, "2026-04": 60}


def test_a_plain_fee_standard_explains_itself_too() -> None:
    lines = (FeeLine(user_kind="enterprise", kind="machine_time", unit="hour", price_fen=30000),)
    plain = Tariff(version=7, effective_from=date(2026, 1, 1), lines=lines)
    (step,) = explain_quote(plain, "enterprise", Use(minutes=90, start=at(9))).steps
    assert (step.what, step.amount_fen, step.tariff_version, str(step.quantity)) == ("price", 45000, 7, "1.5000")


rates = st.decimals(0, 1, places=3)
fees = st.integers(0, 10**7)


@st.composite
def standards(draw: st.DrawFn) -> Tariff:
    edge = draw(st.integers(1, 99))
    return standard(
        price(draw(fees), band="night"),
        price(draw(fees)),
        price(draw(fees), tag="partner"),
        price(draw(fees), draw(st.sampled_from(["booked_time", "larger_time"])), "labour"),
        price(draw(fees), "start_up", "start_up"),
        price(draw(fees), "per_sample", "preparation"),
        price(draw(fees), "per_item", "consumables", item="grid"),
        bands=NIGHT,
        minimums=(MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=draw(fees)),),
        tag_discounts=(TagDiscount(tag="partner", rate=draw(rates)), TagDiscount(tag="friend", rate=draw(rates))),
        tiers=(
            DurationTier(from_hours=0, until_hours=edge, rate=draw(rates)),
            DurationTier(from_hours=edge, until_hours=None, rate=draw(rates)),
        ),
        band_discounts=(BandDiscount(band="night", rate=draw(rates)),),
        discounted=draw(st.sampled_from([("hour",), ("hour", "use", "sample", "item")])),
    )


@st.composite
def uses(draw: st.DrawFn) -> Use:
    begun = at(draw(st.integers(0, 23)), draw(st.integers(0, 59)), day=draw(st.integers(1, 31)))
    held = Span(start=begun, end=begun.replace(month=5)) if draw(st.booleans()) else None
    facts = PriceFacts(
        tags=tuple(draw(st.sets(st.sampled_from(["partner", "friend", "other"])))),
        minutes_so_far=draw(st.integers(0, 6000)),
        items={"grid": draw(st.integers(0, 9))},
    )
    quantity = {"minutes": draw(st.integers(0, 9000)), "samples": draw(st.integers(0, 50))}
    return Use(**quantity, start=draw(st.sampled_from([begun, None])), booked=held, facts=facts)


@settings(max_examples=300, deadline=None)
@given(standards(), uses())
def test_the_steps_add_up_to_the_quote_to_the_fen(tariff: Tariff, use: Use) -> None:
    explained = explain_quote(tariff, "enterprise", use)
    assert sum(step.amount_fen for step in explained.steps) == explained.quote.total_fen
    for number, line in enumerate(explained.quote.lines, start=1):
        assert sum(step.amount_fen for step in explained.steps if step.line == number) == line.amount_fen
    asked = {"minutes": use.minutes, "samples": use.samples, "start": use.start, "booked": use.booked}
    assert quote(tariff, "enterprise", facts=use.facts, **asked) == explained.quote  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(uses())
def test_minutes_are_neither_lost_nor_doubled_at_any_border(use: Use) -> None:
    banded = standard(price(6000, band="day"), price(6000, band="night"), bands=(DAY, *NIGHT))
    lines = explain_quote(banded, "enterprise", Use(minutes=use.minutes, start=use.start or at(0))).lines
    assert sum(sum(line.months.values()) for line in lines) == use.minutes
