# SPDX-License-Identifier: Apache-2.0
"""What is refused of a fee standard, all at once; and that its highest effective price is at most its cost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.kernel.house_rules import TimeBand
from domain.policy import Edition
from domain.resources import publishing_fees as decide
from domain.resources.events import CostSheetRecorded
from domain.resources.fee_events import FeeStandardPublished
from domain.resources.fee_standard import (
    BandDiscount,
    DurationTier,
    FeePrice,
    FeeStandard,
    MinimumCharge,
    TagDiscount,
)
from domain.resources.pricing import Provider
from domain.resources.resource import RESOURCE
from domain.resources.values import CostElement
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import TARIFF, TODAY, cost, registered
from tests.domain.resources.test_fee_standard import DAY, NIGHT, price

COSTS = (cost(30000), cost(10000, "labour", "use"), cost(800, "material", "item"))


def band(name: str, start: int, end: int, *weekdays: int) -> TimeBand:
    return TimeBand(name=name, weekdays=weekdays or tuple(range(1, 8)), start_minute=start, end_minute=end)


def tier(start: int, end: int | None, rate: str = "1") -> DurationTier:
    return DurationTier(from_hours=start, until_hours=end, rate=Decimal(rate))


def publish(
    *lines: FeePrice,
    costs: tuple[CostElement, ...] = COSTS,
    edition: Edition = JIANGSU,
    provider: Provider = "managing_unit",
    effective_from: date = TODAY,
    **more: Any,  # noqa: ANN401 - any part of a standard
) -> Outcome:
    sheet = CostSheetRecorded(sheet_version=1, elements=costs, accounting_period="2025")
    return given(RESOURCE, registered(), TARIFF, sheet).when(
        decide.publish_fee_standard,
        standard=FeeStandard(lines=lines, **more),
        effective_from=effective_from,
        provider=provider,
        edition=edition,
        today=TODAY,
    )


def test_a_full_standard_shares_the_numbering_of_plain_ones() -> None:
    outcome = publish(price(30000)).then(
        FeeStandardPublished(
            tariff_version=2,
            effective_from=TODAY,
            standard=FeeStandard(lines=(price(30000),)),
            cost_sheet_version=1,
        )
    )
    assert [tariff.version for tariff in outcome.state.tariffs] == [1, 2]
    assert outcome.state.tariff_on(TODAY).full.lines == (price(30000),)


def test_the_dearest_band_answers_to_the_cost() -> None:
    def at(night_fen: int) -> Outcome:
        return publish(price(10000, band="day"), price(night_fen, band="night"), bands=(DAY, *NIGHT))

    assert at(30000).refused is None
    (violation,) = at(30001).then_refused("resources.above_cost").violations
    assert (violation.parameters["price_fen"], violation.parameters["ceiling_fen"]) == (30001, 30000)


def test_a_discount_that_everybody_has_counts_and_one_that_some_have_does_not() -> None:
    for_all = (tier(0, 10, "0.5"), tier(10, None, "0.4"))
    assert publish(price(60000), tiers=for_all).refused is None
    publish(price(60001), tiers=for_all).then_refused("resources.above_cost")
    publish(price(30001), tiers=(tier(0, 10), tier(10, None, "0.1"))).then_refused("resources.above_cost")
    for_some = (TagDiscount(tag="partner", rate=Decimal("0.1")),)
    publish(price(30001), tag_discounts=for_some).then_refused("resources.above_cost")
    assert publish(price(300000, tag="partner"), price(1), tag_discounts=for_some).refused is None


def test_a_tag_cannot_be_charged_above_cost() -> None:
    publish(price(30000), price(30001, tag="stranger")).then_refused("resources.above_cost")


def test_start_up_fee_and_minimum_together_answer_to_the_cost_of_a_use() -> None:
    def at(start_up_fen: int, minimum_fen: int) -> Outcome:
        floor = MinimumCharge(user_kind="enterprise", kind="machine_time", amount_fen=minimum_fen)
        return publish(price(30000), price(start_up_fen, "start_up", "start_up"), minimums=(floor,))

    assert at(4000, 6000).refused is None
    at(4001, 6000).then_refused("resources.above_cost")
    at(4000, 6001).then_refused("resources.above_cost")


def test_test_items_answer_to_their_cost_one_by_one() -> None:
    two = (price(800, "per_item", "parts", item="grid"), price(800, "per_item", "parts", item="tip"))
    assert publish(price(1), *two).refused is None
    publish(price(1), price(801, "per_item", "parts", item="grid")).then_refused("resources.above_cost")


def test_a_price_that_names_its_cost_is_at_most_that_cost() -> None:
    costs = (cost(20000, "water_and_power"), cost(10000, "labour"))
    named = price(20001, element="water_and_power")
    publish(named, costs=costs).then_refused("resources.above_cost")
    assert publish(price(20000, element="water_and_power"), costs=costs).refused is None
    publish(price(1, element="rent"), costs=costs).then_refused("resources.cost_element_unknown")


def test_bands_that_leave_a_gap_are_refused_with_the_first_minute_without_a_price() -> None:
    (violation,) = (
        publish(price(1, band="day"), price(1, band="late"), bands=(DAY, band("late", 1320, 1440)))
        .then_refused("resources.bands_leave_gap")
        .violations
    )
    assert (violation.parameters["weekday"], violation.parameters["clock"]) == (1, "00:00")
    one_minute = (band("a", 0, 1439), band("b", 1439, 1440, 1, 2, 3, 4, 5, 6))
    (violation,) = (
        publish(price(1, band="a"), price(1, band="b"), bands=one_minute)
        .then_refused("resources.bands_leave_gap")
        .violations
    )
    assert (violation.parameters["weekday"], violation.parameters["clock"]) == (7, "23:59")
    assert publish(price(1, band="day"), price(1), bands=(DAY,)).refused is None


def test_bands_that_overlap_by_a_minute_are_refused() -> None:
    overlapping = (DAY, band("evening", 1319, 1440), band("early", 0, 480))
    lines = (price(1, band="day"), price(1, band="evening"), price(1, band="early"))
    (violation,) = publish(*lines, bands=overlapping).then_refused("resources.bands_overlap").violations
    assert (violation.parameters["bands"], violation.parameters["clock"]) == ("day, evening", "21:59")
    half = Decimal("0.5")
    discounts = (BandDiscount(band="day", rate=half), BandDiscount(band="evening", rate=half))
    publish(price(1), bands=overlapping, band_discounts=discounts).then_refused("resources.bands_overlap")
    assert publish(price(1), bands=overlapping, band_discounts=discounts[:1]).refused is None


@pytest.mark.parametrize(
    ("tiers", "code"),
    [
        ((tier(0, 10), tier(10, 20), tier(20, None)), None),
        ((tier(20, None), tier(0, 20)), None),
        ((tier(0, 10), tier(9, None)), "resources.tiers_overlap"),
        ((tier(0, None), tier(9, None)), "resources.tiers_overlap"),
        ((tier(0, 10), tier(11, None)), "resources.tiers_leave_gap"),
        ((tier(1, None),), "resources.tiers_leave_gap"),
        ((tier(0, 10),), "resources.tiers_leave_gap"),
        ((tier(0, 0), tier(0, None)), "resources.tier_without_hours"),
    ],
)
def test_tiers_follow_each_other_from_nothing_without_end(tiers: tuple[DurationTier, ...], code: str | None) -> None:
    outcome = publish(price(1), tiers=tiers)
    assert outcome.refused is None if code is None else code in outcome.refused.codes  # type: ignore[union-attr]


@pytest.mark.parametrize(("rate", "refused"), [("-0.01", True), ("0", False), ("1", False), ("1.01", True)])
def test_a_discount_lies_between_nothing_and_all(rate: str, *, refused: bool) -> None:
    for more in (
        {"tag_discounts": (TagDiscount(tag="partner", rate=Decimal(rate)),)},
        {"band_discounts": (BandDiscount(band="day", rate=Decimal(rate)),), "bands": (DAY,)},
        {"tiers": (tier(0, None, rate),)},
    ):
        outcome = publish(price(0), **more)
        assert (outcome.refused is not None) == refused


def test_the_same_time_is_not_priced_twice() -> None:
    """Defect of today's systems: use inside a paid booking is billed again."""
    publish(price(1, "booked_time"), price(1, "used_time")).then_refused("resources.time_billed_twice")
    assert publish(price(1, "booked_time"), price(1, "used_time", "labour")).refused is None


def test_CQ_16_a_profit_line_is_refused_and_each_kind_has_its_own_cost() -> None:
    three = (cost(5000, "material"), cost(10000, "running_cost"), cost(20000, "labour_service"))
    stated: dict[str, Any] = {"costs": three, "edition": CHONGQING}
    publish(price(1, kind="profit"), **stated).then_refused("resources.unknown_line_kind", "resources.above_cost")
    assert publish(price(20000, kind="labour_service"), **stated).refused is None
    publish(price(10001, kind="running_cost"), **stated).then_refused("resources.above_cost")


def test_an_institution_has_no_ceiling_in_jiangsu_but_is_judged_by_everything_else() -> None:
    assert publish(price(10**9), provider="professional_institution", costs=(cost(1),)).refused is None
    publish(price(-1), provider="professional_institution").then_refused("resources.price_negative")


def test_all_that_is_wrong_is_said_at_once() -> None:
    publish(
        price(-1),
        price(30001, "booked_time"),
        price(1, "per_item", "parts"),
        price(1, "per_item", "parts"),
        price(1, "per_use", "operation", band="night"),
        price(1, user_kind="martian", band="noon"),
        bands=(DAY, band("never", 600, 600), *NIGHT),
        tiers=(tier(5, 4, "1.5"),),
        tag_discounts=(TagDiscount(tag="a", rate=Decimal(-1)), TagDiscount(tag="a", rate=Decimal(1))),
        minimums=(MinimumCharge(user_kind="individual", kind="machine_time", amount_fen=-5),),
        effective_from=date(2025, 1, 1),
        provider="professional_institution",
    ).then_refused(
        "resources.unknown_user_kind",
        "resources.band_without_time",
        "resources.band_unknown",
        "resources.tariff_line_repeated",
        "resources.price_negative",
        "resources.item_misplaced",
        "resources.item_misplaced",
        "resources.band_misplaced",
        "resources.time_billed_twice",
        "resources.price_negative",
        "resources.minimum_without_time",
        "resources.tier_without_hours",
        "resources.tiers_leave_gap",
        "resources.tiers_leave_gap",
        "resources.discount_repeated",
        "resources.discount_out_of_range",
        "resources.discount_out_of_range",
        "resources.tariff_backdated",
        "resources.tariff_goes_backwards",
    )
    publish().then_refused("resources.tariff_empty")
