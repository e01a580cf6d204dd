# SPDX-License-Identifier: Apache-2.0
"""Editions as decisions complete them: which decision holds when, and what the basis of a fact then says."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from domain.kernel.errors import DomainError
from domain.policy.decided import Decided
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.policy.decisions import NEW_YEAR, NUMBER, TODAY, decided, entry

SECOND = UUID("01900000-0000-7000-8000-00000000d002")


def test_without_decisions_an_edition_is_itself() -> None:
    assert Decided().completing(JIANGSU, TODAY) is JIANGSU


def test_an_edition_is_completed_once_for_a_day() -> None:
    state = decided(JIANGSU, fee__max_margin="0.05")
    assert state.completing(JIANGSU, NEW_YEAR) is state.completing(JIANGSU, NEW_YEAR)
    assert state.completing(JIANGSU, TODAY) is JIANGSU


def test_what_was_closed_opens_and_says_by_which_decision() -> None:
    state = decided(JIANGSU, voucher__subsidy_ratio="0.30")
    with pytest.raises(DomainError, match="decision_missing"):
        state.completing(JIANGSU, TODAY).value("voucher.subsidy_ratio")
    edition = state.completing(JIANGSU, NEW_YEAR)
    assert edition.value("voucher.subsidy_ratio") == Decimal("0.30")
    citation = edition.citation("voucher.subsidy_ratio")
    assert citation is not None
    assert citation.article == f"JS 22, {NUMBER}"
    basis = edition.basis("voucher.subsidy_ratio")
    assert basis.articles == ("JS 22", NUMBER)
    assert basis.values == {"voucher.subsidy_ratio": "0.30"}


def test_a_decision_where_no_article_speaks_takes_the_place_of_the_reading() -> None:
    edition = decided(JIANGSU, voucher__validity_days=180).completing(JIANGSU, NEW_YEAR)
    citation = edition.citation("voucher.validity_days")
    assert citation is not None
    assert citation.article == NUMBER


def test_none_is_a_decision_too() -> None:
    edition = decided(JIANGSU, voucher__annual_cap_per_beneficiary=None).completing(JIANGSU, NEW_YEAR)
    assert edition.value("voucher.annual_cap_per_beneficiary") is None
    assert edition.basis("voucher.annual_cap_per_beneficiary").values == {"voucher.annual_cap_per_beneficiary": "none"}
    assert not edition.parameter("voucher.annual_cap_per_beneficiary").silent


def test_the_later_effective_date_holds_and_of_two_the_later_decision() -> None:
    first = decided(JIANGSU, fee__max_margin="0.05", effective_from=date(2021, 3, 1))
    state = decided(JIANGSU, version=SECOND, number="2", fee__max_margin="0.10", past=first)
    assert state.completing(JIANGSU, date(2021, 2, 28)).value("fee.max_margin") == Decimal("0.10")
    edition = state.completing(JIANGSU, date(2021, 3, 1))
    assert edition.value("fee.max_margin") == Decimal("0.05")
    assert edition.basis("fee.max_margin").articles == ("JS 21", NUMBER)
    same_day = decided(
        JIANGSU, version=SECOND, number="2", fee__max_margin="0.10", effective_from=date(2021, 3, 1), past=first
    )
    assert same_day.completing(JIANGSU, date(2021, 3, 1)).value("fee.max_margin") == Decimal("0.10")


def test_an_open_list_is_longer_and_a_default_list_stays_a_default() -> None:
    edition = decided(JIANGSU, entry("resource.types", "consumable_stock")).completing(JIANGSU, NEW_YEAR)
    types = edition.value("resource.types")
    assert types == (*JIANGSU.value("resource.types"), "consumable_stock")
    assert edition.basis("resource.types").articles == ("JS 2", NUMBER)
    assert not edition.parameter("resource.types").settable
    hosts = decided(CHONGQING, entry("site.hosts", "hospital", "service_base")).completing(CHONGQING, NEW_YEAR)
    assert hosts.value("site.hosts")["service_base"] == ("university", "research_institute", "hospital")
    assert CHONGQING.value("site.hosts")["service_base"] == ("university", "research_institute")


def test_what_a_later_edition_says_itself_no_decision_changes() -> None:
    state = decided(JIANGSU, fee__max_margin="0.05")
    margin = JIANGSU.parameter("fee.max_margin").model_copy(update={"value": Decimal("0.02"), "origin": "T"})
    later = JIANGSU.model_copy(update={"parameters": {**JIANGSU.parameters, "fee.max_margin": margin}})
    assert state.completing(later, NEW_YEAR).value("fee.max_margin") == Decimal("0.02")


def test_a_regime_ends_with_the_last_day_decided_for_it() -> None:
    state = decided(JIANGSU, policy__expires_on="2021-06-30")
    assert state.completing(JIANGSU, date(2021, 6, 30)).value("policy.expires_on") == date(2021, 6, 30)
    with pytest.raises(DomainError) as refused:
        state.completing(JIANGSU, date(2021, 7, 1))
    assert refused.value.codes == ("policy.expired",)
    assert refused.value.violations[0].citation is not None


def test_a_variant_of_an_edition_is_completed_for_itself() -> None:
    state = decided(JIANGSU, fee__max_margin="0.05")
    variant = with_value(JIANGSU, "reward.rate_max", Decimal("0.04"))
    assert state.completing(JIANGSU, NEW_YEAR).value("reward.rate_max") == Decimal("0.05")
    assert state.completing(variant, NEW_YEAR).value("reward.rate_max") == Decimal("0.04")
