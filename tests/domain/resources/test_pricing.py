# SPDX-License-Identifier: Apache-2.0
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from domain.policy import Edition
from domain.resources import pricing as decide
from domain.resources.events import CostSheetRecorded, TariffPublished
from domain.resources.pricing import Provider
from domain.resources.resource import RESOURCE
from domain.resources.values import CostElement, FeeLine
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import Outcome, given
from tests.domain.resources.examples import TODAY, cost, line, registered

THREE = (
    cost(5000, "material"),
    cost(10000, "running_cost"),
    cost(20000, "labour_service"),
)


def sheet(*elements: CostElement) -> CostSheetRecorded:
    return CostSheetRecorded(sheet_version=1, elements=elements, accounting_period="2025")


def price(
    *lines: FeeLine,
    costs: tuple[CostElement, ...] = (cost(30000),),
    edition: Edition = JIANGSU,
    provider: Provider = "managing_unit",
    effective_from: date = TODAY,
) -> Outcome:
    past = (registered(), sheet(*costs)) if costs else (registered(),)
    return given(RESOURCE, *past).when(
        decide.publish_tariff,
        lines=lines,
        effective_from=effective_from,
        provider=provider,
        edition=edition,
        today=TODAY,
    )


def test_JS_21_1_a_price_at_its_cost_is_published() -> None:
    price(line(30000)).then(
        TariffPublished(tariff_version=1, effective_from=TODAY, lines=(line(30000),), cost_sheet_version=1)
    )


def test_JS_21_1_a_fen_above_cost_is_refused_with_both_amounts() -> None:
    (violation,) = price(line(30001)).then_refused("resources.above_cost").violations
    assert (violation.parameters["price_fen"], violation.parameters["ceiling_fen"]) == (30001, 30000)
    assert violation.citation == JIANGSU.citation("fee.principle")


def test_JS_21_1_zero_is_allowed_even_without_a_cost_sheet() -> None:
    assert price(line(0), costs=()).refused is None
    price(line(1), costs=()).then_refused("resources.above_cost")


def test_JS_21_1_an_institution_has_no_ceiling_in_jiangsu() -> None:
    assert price(line(30001), provider="professional_institution").refused is None
    assert price(line(30001), provider="professional_institution", costs=()).refused is None


def test_where_kinds_are_free_the_sum_of_prices_answers_to_the_sum_of_costs() -> None:
    assert price(line(5000), line(25000, "assistance")).refused is None
    price(line(5001), line(25000, "assistance")).then_refused("resources.above_cost")
    assert price(line(30000), line(30000, user_kind="individual")).refused is None
    assert price(line(35000), costs=THREE).refused is None


def test_each_unit_of_measure_has_its_own_cost() -> None:
    price(line(10000, "start_up", "use")).then_refused("resources.above_cost")
    assert price(line(10000, "start_up", "use"), costs=(cost(10000, "labour", "use"),)).refused is None


@pytest.mark.parametrize("provider", ["managing_unit", "professional_institution"])
def test_CQ_16_1_three_kinds_each_at_most_its_own_cost(provider: Provider) -> None:
    def at(labour_fen: int) -> Outcome:
        lines = (line(5000, "material"), line(10000, "running_cost"), line(labour_fen, "labour_service"))
        return price(*lines, costs=THREE, edition=CHONGQING, provider=provider)

    assert at(20000).refused is None
    at(20001).then_refused("resources.above_cost")


def test_CQ_16_1_a_line_of_another_kind_is_refused() -> None:
    refused = price(line(0, "profit"), costs=THREE, edition=CHONGQING).then_refused("resources.unknown_line_kind")
    assert refused.violations[0].citation == CHONGQING.citation("fee.line_kinds")


def test_a_margin_that_was_decided_raises_the_ceiling_rounded_down() -> None:
    decided = with_value(JIANGSU, "fee.max_margin", Decimal("0.10"))
    assert price(line(36), costs=(cost(33),), edition=decided).refused is None
    price(line(37), costs=(cost(33),), edition=decided).then_refused("resources.above_cost")


def test_all_that_is_wrong_with_a_tariff_is_said_at_once() -> None:
    stated = (line(1, "profit", user_kind="martian"), line(1, "profit", user_kind="martian"))
    price(*stated, edition=CHONGQING, costs=THREE, effective_from=date(2026, 3, 1)).then_refused(
        "resources.tariff_line_repeated",
        "resources.unknown_user_kind",
        "resources.unknown_line_kind",
        "resources.above_cost",
        "resources.tariff_backdated",
    )
    price().then_refused("resources.tariff_empty")


def test_versions_never_take_effect_before_the_last_one() -> None:
    later = TariffPublished(
        tariff_version=1, effective_from=date(2026, 4, 1), lines=(line(0),), cost_sheet_version=None
    )
    stated: dict[str, Any] = {
        "lines": (line(0),),
        "provider": "managing_unit",
        "edition": JIANGSU,
        "today": TODAY,
    }
    again = given(RESOURCE, registered(), later)
    again.when(decide.publish_tariff, effective_from=date(2026, 3, 31), **stated).then_refused(
        "resources.tariff_goes_backwards"
    )
    again.when(decide.publish_tariff, effective_from=date(2026, 4, 1), **stated).then(
        later.model_copy(update={"tariff_version": 2})
    )


def test_JS_21_1_the_tariff_of_a_day_is_the_last_in_force() -> None:
    old, new, corrected = (
        TariffPublished(
            tariff_version=version, effective_from=date(2026, month, 1), lines=(line(fen),), cost_sheet_version=None
        )
        for version, month, fen in ((1, 1, 100), (2, 3, 200), (3, 3, 300))
    )
    state = given(RESOURCE, registered(), old, new, corrected).state
    assert state.tariff_on(date(2025, 12, 31)) is None
    assert state.tariff_on(date(2026, 2, 28)).version == 1
    assert state.tariff_on(date(2026, 3, 1)).version == 3


def test_a_cost_sheet_is_recorded_as_the_next_version() -> None:
    stated: dict[str, Any] = {"accounting_period": "2025", "edition": CHONGQING}
    outcome = given(RESOURCE, registered(), sheet(*THREE)).when(decide.record_cost_sheet, elements=THREE, **stated)
    outcome.then(CostSheetRecorded(sheet_version=2, elements=THREE, accounting_period="2025"))


def test_a_cost_sheet_has_known_elements_once_each() -> None:
    fresh = given(RESOURCE, registered())
    stated: dict[str, Any] = {"accounting_period": "2025", "edition": CHONGQING}
    fresh.when(decide.record_cost_sheet, elements=(), **stated).then_refused("resources.cost_sheet_empty")
    twice = (cost(1, "overhead"), cost(2, "overhead"))
    fresh.when(decide.record_cost_sheet, elements=twice, **stated).then_refused(
        "resources.cost_element_repeated", "resources.unknown_line_kind"
    )
    free = stated | {"edition": JIANGSU}
    assert fresh.when(decide.record_cost_sheet, elements=(cost(1, "overhead"),), **free).refused is None
