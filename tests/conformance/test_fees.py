# SPDX-License-Identifier: Apache-2.0
"""What may be charged: cost recovery without profit, by an open fee standard (JS 21, CQ 16)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from domain.billing.invoicing import invoice
from domain.billing.order import ORDER, Order
from domain.kernel.errors import DomainError
from domain.resources import pricing, publishing_fees
from domain.resources.events import CostSheetRecorded, TariffPublished
from domain.resources.fee_standard import FeePrice, FeeStandard
from domain.resources.resource import RESOURCE, Resource
from domain.resources.tariff import quote
from tests.conformance.editions import chongqing, jiangsu
from tests.conformance.variants import MADE_UP
from tests.domain.billing.examples import ORDER_ID, SERIES, accepted_order, quote_of
from tests.domain.billing.examples import line as bill_line
from tests.domain.resources.examples import TODAY, cost, line, registered

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.policy import Edition
    from domain.resources.pricing import Provider
    from domain.resources.values import CostElement, FeeLine

THREE_KINDS = (cost(5000, "material"), cost(10000, "running_cost"), cost(20000, "labour_service"))
CHANGED_ON = date(2026, 3, 10)
"""The day D from which another fee standard is in force."""


def verdict_on(decide: Callable[[], object]) -> str:
    """`accept` where nothing stands in the way, else `refuse`."""
    try:
        decide()
    except DomainError:
        return "refuse"
    return "accept"


def costed(*elements: CostElement) -> Resource:
    """An instrument with a cost sheet."""
    sheet = CostSheetRecorded(sheet_version=1, elements=elements, accounting_period="2025")
    state = RESOURCE.fold((registered(), sheet))
    assert state is not None
    return state


def published(state: Resource, prices: tuple[FeeLine, ...], provider: Provider, edition: Edition) -> set[str]:
    """What becomes of the same prices as a plain fee standard and as one in full."""
    stated = {"effective_from": TODAY, "provider": provider, "edition": edition, "today": TODAY}
    standard = FeeStandard(
        lines=tuple(
            FeePrice(user_kind=each.user_kind, kind=each.kind, model="used_time", price_fen=each.price_fen)
            for each in prices
        )
    )
    return {
        verdict_on(lambda: pricing.publish_tariff(state, lines=prices, **stated)),  # type: ignore[arg-type]
        verdict_on(lambda: publishing_fees.publish_fee_standard(state, standard=standard, **stated)),  # type: ignore[arg-type]
    }


def billed(lines_fen: int, kind: str, edition: Edition) -> str:
    """A bill over two hours under a fee standard of 300.00 yuan an hour."""
    order = ORDER.fold(accepted_order("service", bill_line(lines_fen, kind)))
    assert isinstance(order, Order)
    return verdict_on(
        lambda: invoice(
            order,
            ORDER_ID,
            lines=order.lines,
            tariff=quote_of((kind, 30000), hours=2),
            series=SERIES,
            number=1,
            edition=edition,
        )
    )


@pytest.mark.parametrize(("amount_fen", "verdict"), [(600_00, "accept"), (600_01, "refuse"), (0, "accept")])
def test_JS_21_1_a_fee_line_is_at_most_the_fee_standard_of_the_day_of_use(amount_fen: int, verdict: str) -> None:
    assert billed(amount_fen, "machine_time", jiangsu()) == verdict


@pytest.mark.parametrize(
    ("provider", "price_fen", "verdict"),
    [
        ("managing_unit", 300_00, "accept"),
        ("managing_unit", 300_01, "refuse"),
        ("managing_unit", 0, "accept"),
        ("professional_institution", 300_01, "accept"),
    ],
)
def test_JS_21_1_a_price_of_a_unit_is_at_most_its_cost_and_an_institution_has_no_ceiling(
    provider: Provider, price_fen: int, verdict: str
) -> None:
    assert published(costed(cost(300_00)), (line(price_fen),), provider, jiangsu()) == {verdict}


@pytest.mark.parametrize(
    ("used_on", "amount_fen"),
    [(date(2026, 3, 9), 600_00), (CHANGED_ON, 500_00), (date(2026, 3, 11), 500_00)],
)
def test_JS_21_1_a_change_counts_from_its_day_on(used_on: date, amount_fen: int) -> None:
    versions = [
        TariffPublished(tariff_version=version, effective_from=since, lines=(line(fen),), cost_sheet_version=1)
        for version, since, fen in ((1, date(2026, 1, 1), 300_00), (2, CHANGED_ON, 250_00))
    ]
    state = RESOURCE.fold((registered(), *versions))
    assert state is not None
    tariff = state.tariff_on(used_on)
    assert tariff is not None
    assert quote(tariff, "enterprise", minutes=120).total_fen == amount_fen


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("material", "accept"),
        ("running_cost", "accept"),
        ("labour_service", "accept"),
        ("profit", "refuse"),
        (MADE_UP, "refuse"),
    ],
)
@pytest.mark.parametrize("provider", ["managing_unit", "professional_institution", "service_centre"])
def test_CQ_16_1_fees_are_of_three_kinds(provider: Provider, kind: str, verdict: str) -> None:
    free = costed(*THREE_KINDS)
    assert published(free, (line(0, kind),), provider, chongqing()) == {verdict}
    assert billed(600_00, kind, chongqing()) == verdict


@pytest.mark.parametrize(("labour_fen", "verdict"), [(200_00, "accept"), (200_01, "refuse"), (0, "accept")])
@pytest.mark.parametrize("provider", ["managing_unit", "professional_institution", "service_centre", "offline_carrier"])
def test_CQ_16_1_no_line_is_above_its_cost_also_of_the_centre_and_of_a_user_workstation(
    provider: Provider, labour_fen: int, verdict: str
) -> None:
    """A user workstation is an offline carrier and so a service institution (CQ 11, 16)."""
    prices = (line(5000, "material"), line(10000, "running_cost"), line(labour_fen, "labour_service"))
    assert published(costed(*THREE_KINDS), prices, provider, chongqing()) == {verdict}
