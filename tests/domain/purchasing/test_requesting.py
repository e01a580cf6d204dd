# SPDX-License-Identifier: Apache-2.0
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from domain.kernel.errors import DomainError
from domain.purchasing import requesting
from domain.purchasing.claims import claims_of
from domain.purchasing.events import PurchaseRequestCancelled, PurchaseReviewRequested
from domain.purchasing.rule import review_required
from domain.purchasing.values import FundingShare, FundingSource, Price, Purchase
from domain.resources import values as registry
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.purchasing.examples import Story, asking, item, purchase, requested

FUNDS = "provincial_fiscal_funds"


def refused(wanted: Purchase) -> tuple[str, ...]:
    with pytest.raises(DomainError) as error:
        requested(wanted, JIANGSU)
    return error.value.codes


def priced(price: Price, **changes: Any) -> Purchase:  # noqa: ANN401 - any field
    return purchase(item("1.00").model_copy(update={"price": price}), **changes)


def test_sources_are_those_of_the_registry() -> None:
    assert get_args(FundingSource) == get_args(registry.FundingSource)


def test_A15_the_price_is_the_whole_outlay() -> None:
    price = Price(bare=49_000_000, tax_and_duty=600_000, freight=300_000, accessories=100_000)
    assert price.fen == 50_000_000
    assert review_required(priced(price), JIANGSU).required


def test_A15_a_foreign_price_counts_in_yuan_at_the_rate_of_its_day() -> None:
    price = Price(currency="USD", bare=7_000_000, rate=Decimal("7.142857"), rate_on=date(2026, 3, 2))
    assert price.fen == 49_999_999
    assert not review_required(priced(price), JIANGSU).required
    assert review_required(priced(price.model_copy(update={"bare": 7_000_001})), JIANGSU).required


@pytest.mark.parametrize(
    "price",
    [
        Price(currency="USD", bare=100, rate=Decimal(7)),
        Price(currency="USD", bare=100, rate=Decimal(7), rate_on=date(2026, 3, 3)),
        Price(bare=100, rate=Decimal(7)),
    ],
)
def test_A15_a_rate_has_a_day_that_has_come(price: Price) -> None:
    assert refused(priced(price)) == ("purchasing.rate_missing",)


def test_everything_wrong_is_said_at_once() -> None:
    wanted = purchase(item("0.00", class_code=" "), object_kind="software", set_price_fen=1)
    paid = wanted.model_copy(update={"funding": (FundingShare(source="own_funds", amount_fen=7),)})
    assert set(refused(paid)) == {
        "purchasing.unknown_object",
        "purchasing.class_code_missing",
        "purchasing.price_missing",
        "purchasing.not_a_set",
        "purchasing.funding_incomplete",
    }


def test_a_price_beyond_all_measure_is_refused() -> None:
    price = Price(currency="USD", bare=10**15, rate=Decimal(7), rate_on=date(2026, 3, 2))
    items = (item("1.00").model_copy(update={"price": price}),)
    wanted = purchase().model_copy(update={"items": items})
    assert refused(wanted) == ("purchasing.price_too_high", "purchasing.funding_incomplete")


def test_a_set_costs_no_less_than_its_parts() -> None:
    wanted = purchase(item("300000.00", 2), one_system=True, set_price_fen=59_999_999)
    assert refused(wanted) == ("purchasing.set_below_parts",)


def test_A20_an_inseparable_set_counts_as_one_unit_where_the_regime_knows_no_set_price() -> None:
    parts = (item("300000.00"), item("200000.00"))
    assert not review_required(purchase(*parts), JIANGSU).required
    found = review_required(purchase(*parts, one_system=True), JIANGSU)
    assert (found.required, found.band, found.unit_price_fen) == (True, "middle", 50_000_000)
    assert not review_required(purchase(*parts, edition=CHONGQING, one_system=True), CHONGQING).required


def test_a_limit_counts_itself_only_where_the_text_says_so() -> None:
    exclusive = with_value(JIANGSU, "review.unit_price_min_inclusive", False)  # noqa: FBT003 - the value of a parameter
    assert not review_required(purchase(item("500000.00")), exclusive).required
    assert review_required(purchase(item("500000.01")), exclusive).required


def test_the_finding_says_what_stands_in_the_way() -> None:
    wanted = purchase(item("1.00"), act="repair", source="own_funds")
    assert review_required(wanted, JIANGSU).grounds == ("act", "funding", "price")
    assert review_required(purchase(item("500000.00")), JIANGSU).grounds == ("unit_price",)
    both = purchase(item("500000.00", 2), edition=CHONGQING, one_system=True)
    assert review_required(both, CHONGQING).grounds == ("unit_price", "set_price")


def test_a_request_takes_the_next_number() -> None:
    [event, *_] = requested(purchase(), JIANGSU)
    assert isinstance(event, PurchaseReviewRequested)
    [claim] = claims_of(event.unit, event)
    assert (claim.series, claim.number) == ("PY-U01-2026", 1)  # type: ignore[union-attr]
    assert event.basis is not None
    assert event.basis.values["review.unit_price_min"] == "500000.00"


def test_a_request_is_withdrawn_before_it_is_decided() -> None:
    story = Story(JIANGSU)
    assert requesting.cancel(story.state, reason="…") == [PurchaseRequestCancelled(reason="…")]
    story.reviewed().approved()
    with pytest.raises(DomainError, match="wrong_state"):
        requesting.cancel(story.state, reason="…")


def test_who_asks_is_named_once() -> None:
    twice = asking()
    assert len(requested(purchase(), JIANGSU)[0].requesters) == len(set(twice.requesters))  # type: ignore[attr-defined]
