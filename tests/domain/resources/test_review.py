# SPDX-License-Identifier: Apache-2.0
"""Which purchases needed a joint review: both edges of each band, money, day, and what the registry leaves open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from domain.resources.assessment import Then, assess, facts_of
from domain.resources.events import ResourceUpdated
from domain.resources.facts import Facts
from domain.resources.registration import register, update
from domain.resources.registry_events import ResourceAssessed, ReviewNeeded
from domain.resources.resource import RESOURCE
from domain.resources.review import review_needed
from domain.resources.values import FundingShare
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.resources.examples import registered

if TYPE_CHECKING:
    from domain.policy import Edition

BOUGHT = date(2026, 1, 5)


def paid(value_fen: int, source: str = "provincial_fiscal_funds", share_fen: int | None = None) -> Any:  # noqa: ANN401
    rest = value_fen - (value_fen if share_fen is None else share_fen)
    shares = ((source, value_fen - rest), ("own_funds", rest))
    return tuple(FundingShare.model_validate({"source": name, "amount_fen": fen}) for name, fen in shares if fen)


def bought(value_fen: int, **changes: Any) -> Facts:  # noqa: ANN401 - any fact
    stated = {"type": "condition", "value_fen": value_fen, "funding": paid(value_fen), "accepted_on": None}
    return Facts(**{**stated, "acquired_on": BOUGHT, "equipment": True, **changes})


@pytest.mark.parametrize(
    ("edition", "value_fen", "band", "limit_fen", "article"),
    [
        (JIANGSU, 499_999_99, None, 0, ""),
        (JIANGSU, 500_000_00, "middle", 500_000_00, "JS 12"),
        (JIANGSU, 1_999_999_99, "middle", 500_000_00, "JS 12"),
        (JIANGSU, 2_000_000_00, "upper", 2_000_000_00, "JS 12"),
        (CHONGQING, 499_999_99, None, 0, ""),
        (CHONGQING, 500_000_00, "all", 500_000_00, "CQ 22"),
        (CHONGQING, 999_999_99, "all", 500_000_00, "CQ 22"),
        (CHONGQING, 1_000_000_00, "all", 500_000_00, "CQ 22"),
    ],
)
def test_a_price_in_a_band_needed_a_review(
    edition: Edition, value_fen: int, band: str | None, limit_fen: int, article: str
) -> None:
    found = review_needed(bought(value_fen), edition)
    if band is None:
        assert found is None
        return
    assert found is not None
    assert (found.band, found.limit_fen, found.citation.article, found.doubts) == (band, limit_fen, article, ())
    assert found.citation.document == edition.document_no


@pytest.mark.parametrize(
    ("edition", "source", "share_fen", "needed"),
    [
        (JIANGSU, "provincial_fiscal_funds", 1, True),
        (JIANGSU, "municipal_fiscal_funds", 1, False),
        (JIANGSU, "central_fiscal_funds", 1, False),
        (CHONGQING, "district_fiscal_funds", 1, True),
        (CHONGQING, "central_fiscal_funds", 1, True),
        (CHONGQING, "enterprise", 1, False),
        (JIANGSU, "provincial_fiscal_funds", 0, False),
    ],
)
def test_A18_one_fen_of_the_money_in_scope_suffices(
    edition: Edition, source: str, share_fen: int, *, needed: bool
) -> None:
    facts = bought(500_000_00, funding=paid(500_000_00, source, share_fen))
    assert (review_needed(facts, edition) is not None) is needed


def test_what_was_bought_or_accepted_before_the_regime_needed_nothing() -> None:
    eve, first = date(2020, 9, 30), date(2020, 10, 1)
    for changes in ({"acquired_on": eve}, {"acquired_on": None, "accepted_on": eve}):
        assert review_needed(bought(500_000_00, **changes), JIANGSU) is None
    assert review_needed(bought(500_000_00, acquired_on=first), JIANGSU) is not None


def test_what_the_registry_leaves_open_is_said() -> None:
    unknown = review_needed(bought(500_000_00, acquired_on=None, funding=()), JIANGSU)
    assert unknown is not None
    assert unknown.doubts == ("acquisition_date_unknown", "funding_unknown")
    known = review_needed(bought(500_000_00, acquired_on=None, accepted_on=BOUGHT), JIANGSU)
    assert known is not None
    assert known.doubts == ("acquisition_date_unknown",)


@pytest.mark.parametrize(
    ("changes", "equipment"),
    [
        ({}, True),
        ({"bookable": False}, True),
        ({"bookable": False, "class_code": "", "large": False}, False),
        ({"bookable": False, "class_code": "", "large": True}, True),
        ({"bookable": False, "class_code": "", "large": False, "type": "research_facility"}, True),
    ],
)
def test_only_instruments_and_facilities_are_said_to_be_bought(changes: dict[str, Any], *, equipment: bool) -> None:
    facts = facts_of(registered(original_value_fen=500_000_00, funding=paid(500_000_00), **changes))
    assert facts.equipment is equipment
    assert (review_needed(facts, JIANGSU) is not None) is equipment


def test_A04_a_purchase_is_judged_by_the_edition_of_its_day() -> None:
    stricter = with_value(JIANGSU, "review.unit_price_min", 600_000)
    facts = bought(599_999_99)
    assert assess(facts, stricter).review is None
    then = assess(facts, stricter, Then(bought=JIANGSU))
    assert then.review is not None
    assert then.basis is not None
    assert then.basis.values["review.unit_price_min"] == "500000.00"


def test_a_purchase_without_its_review_is_registered_all_the_same() -> None:
    stated = registered(original_value_fen=2_000_000_00, funding=paid(2_000_000_00), acquired_on=BOUGHT)
    (entered, judged) = register(stated, edition=JIANGSU)
    assert isinstance(judged, ResourceAssessed)
    assert isinstance(judged.review, ReviewNeeded)
    known = given(RESOURCE, entered, judged)
    cheaper = ResourceUpdated(reason="核减", original_value_fen=499_999_99, funding=paid(499_999_99))
    (_, anew) = known.when(update, change=cheaper, edition=JIANGSU).events
    assert isinstance(anew, ResourceAssessed)
    assert anew.review is None
    earlier = ResourceUpdated(reason="更正", acquired_on=date(2019, 5, 1))
    (_, anew) = known.when(update, change=earlier, edition=JIANGSU).events
    assert isinstance(anew, ResourceAssessed)
    assert anew.review is None
