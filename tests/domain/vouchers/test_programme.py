# SPDX-License-Identifier: Apache-2.0
"""What an authority must decide, and which purchases a programme is for."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.kernel.errors import DomainError, Rules
from domain.policy import Edition
from domain.vouchers import eligibility, establishing
from domain.vouchers.eligibility import Purchase
from domain.vouchers.events import ProgrammeBudgetRaised, VoucherProgrammeClosed
from domain.vouchers.programme import PROGRAMME
from domain.vouchers.values import Programme
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import Outcome, given
from tests.domain.vouchers import examples as e


def establish(terms: Programme, edition: Edition = JIANGSU) -> Outcome:
    return given(PROGRAMME).when(
        establishing.establish,
        number="CXQ-2026-000001",
        title_zh="券",
        title_en="Vouchers",
        decision_reference="苏科创券〔2026〕1号",
        decided_by="省科学技术厅",
        decided_on=date(2026, 1, 5),
        terms=terms,
        edition=edition,
    )


def funders(*shares: tuple[str, str]) -> list[dict[str, object]]:
    return [
        {"legal_person": UUID(int=place), "kind": kind, "share": share, "budget_fen": 1}
        for place, (kind, share) in enumerate(shares, start=1)
    ]


def chongqing(**changes: Any) -> Programme:  # noqa: ANN401 - any field of the programme
    decided = {
        "funders": funders(("municipality", "1")),
        "beneficiary_kinds": ("eligible_user",),
        "eligible_providers": ("resource_unit",),
    }
    return e.terms(**decided | changes)


def test_a_programme_with_everything_decided_is_established() -> None:
    establish(e.terms()).then(e.established())
    establish(chongqing(), CHONGQING)


def test_JS_22_3_co_funders_are_those_of_the_closed_list() -> None:
    for kind in ("prefecture_city", "county", "county_level_city", "provincial_or_higher_high_tech_zone"):
        assert establish(e.terms(funders=funders(("province", "0.5"), (kind, "0.5")))).events
    for kind in ("district", "municipal_high_tech_zone", "province"):
        establish(e.terms(funders=funders(("province", "0.5"), (kind, "0.5")))).then_refused(
            "vouchers.funder_kind_not_allowed"
        )


@pytest.mark.parametrize(("second", "sums"), [("0.50", True), ("0.49", False), ("0.500001", False)])
def test_JS_22_3_shares_sum_to_one(second: str, *, sums: bool) -> None:
    outcome = establish(e.terms(funders=funders(("province", "0.50"), ("county", second))))
    assert bool(outcome.events) is sums
    if not sums:
        outcome.then_refused("vouchers.shares_do_not_sum_to_one")


def test_a_funder_is_named_once() -> None:
    twice = [{**funder, "legal_person": e.PROVINCE} for funder in funders(("province", "0.5"), ("county", "0.5"))]
    establish(e.terms(funders=twice)).then_refused("vouchers.funder_repeated")


def test_JS_22_1_without_a_ratio_there_is_no_programme() -> None:
    establish(e.terms(subsidy_ratio=Decimal(0))).then_refused("vouchers.ratio_unset")
    establish(e.terms(max_coverage_of_fee=Decimal(0))).then_refused("vouchers.coverage_unset")


def test_A40_a_certain_ratio_is_below_the_whole_fee_and_a_deduction_may_reach_it() -> None:
    establish(e.terms(subsidy_ratio=Decimal(1))).then_refused("vouchers.ratio_is_the_whole_fee")
    assert establish(e.terms(subsidy_ratio=Decimal("0.999999"))).events
    assert establish(chongqing(subsidy_ratio=Decimal(1)), CHONGQING).events
    decided = with_value(JIANGSU, "voucher.use_mode", "deduct_on_platform")
    assert establish(e.terms(subsidy_ratio=Decimal(1)), decided).events


def test_A42_validity_is_decided_even_if_there_is_none() -> None:
    explicit = e.terms(validity_days=None)
    assert establish(explicit).events
    left_out = Programme.model_validate(explicit.model_dump(exclude={"validity_days"}))
    establish(left_out).then_refused("vouchers.validity_undecided")


def test_CQ_19_1_the_rules_of_eligibility_must_be_set() -> None:
    establish(chongqing(beneficiary_kinds=()), CHONGQING).then_refused("vouchers.eligibility_unset")
    assert establish(chongqing(beneficiary_kinds=("individual",)), CHONGQING).events


def test_beneficiaries_providers_and_payee_are_those_of_the_regime() -> None:
    establish(e.terms(beneficiary_kinds=("individual",))).then_refused("vouchers.beneficiary_kind_not_allowed")
    establish(e.terms(eligible_providers=("operator",))).then_refused("vouchers.provider_kind_not_allowed")
    subsidy = {"payee": "beneficiary", "settlement_mode": "subsidy"}
    assert establish(e.terms(**subsidy)).events
    establish(chongqing(**subsidy), CHONGQING).then_refused("vouchers.payee_not_allowed")
    establish(e.terms(settlement_mode="subsidy")).then_refused("vouchers.mode_contradicts_payee")


def test_all_broken_rules_come_at_once() -> None:
    establish(e.terms(subsidy_ratio=Decimal(0), opens_on=date(2026, 12, 1), eligible_services=())).then_refused(
        "vouchers.ratio_unset", "vouchers.closes_before_it_opens", "vouchers.eligibility_unset"
    )


def test_a_budget_only_grows_and_a_programme_closes_once() -> None:
    history = given(PROGRAMME, e.established())
    raised = ProgrammeBudgetRaised(funder=e.CITY, amount_fen=5, decision_reference="财1号")
    outcome = history.when(establishing.raise_budget, funder=e.CITY, amount_fen=5, decision_reference="财1号")
    outcome.then(raised)
    assert [funder.budget_fen for funder in outcome.state.funders] == [100000, 100005]
    history.when(establishing.raise_budget, funder=e.CITY, amount_fen=0, decision_reference="财1号").then_refused(
        "vouchers.nothing_added"
    )
    history.when(establishing.raise_budget, funder=e.COMPANY, amount_fen=1, decision_reference="财1号").then_refused(
        "vouchers.not_a_funder"
    )
    closed = history.when(establishing.close, reason="预算用完").then(VoucherProgrammeClosed(reason="预算用完"))
    assert not closed.state.takes_applications_on(e.TODAY)
    given(PROGRAMME, e.established(), VoucherProgrammeClosed(reason="预算用完")).when(
        establishing.close, reason="x"
    ).then_refused("vouchers.programme_closed")


def test_the_first_and_the_last_day_take_applications() -> None:
    programme = e.programme()
    assert programme.takes_applications_on(date(2026, 1, 15))
    assert programme.takes_applications_on(date(2026, 11, 30))
    assert not programme.takes_applications_on(date(2026, 1, 14))
    assert not programme.takes_applications_on(date(2026, 12, 1))


def test_JS_22_1_the_subsidy_is_the_ratio_of_the_fee_rounded_down() -> None:
    programme = e.programme(subsidy_ratio="0.30")
    assert programme.most_of(1000000) == 300000
    assert programme.most_of(9999) == 2999
    assert e.programme(subsidy_ratio="0.60", max_coverage_of_fee="0.30").most_of(9999) == 2999


def test_A44_the_first_funder_takes_the_odd_fen() -> None:
    assert e.programme().split(101) == e.parts(51, 50)


@examples(st.integers(0, 10**9), st.lists(st.integers(1, 999), min_size=1, max_size=4))
def test_the_parts_of_all_funders_sum_to_the_amount(amount: int, weights: list[int]) -> None:
    shares = [Decimal(weight) / 1000 for weight in weights]
    named = [("county", str(share)) for share in shares]
    split = e.programme(funders=funders(*named)).split(amount)
    assert sum(part.amount_fen for part in split) == amount


def purchase(**changes: Any) -> Purchase:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {
        "provider": e.PROVIDER,
        "provider_head": None,
        "provider_is_institution": False,
        "customer": e.COMPANY,
        "customer_head": None,
        "external": True,
        "service_mode": "self_operated",
    }
    return Purchase(**facts | changes)


def broken(bought: Purchase, edition: Edition = JIANGSU, **terms: Any) -> tuple[str, ...]:  # noqa: ANN401
    rules = Rules()
    eligibility.note_ineligible(rules, e.programme(**terms), bought, edition)
    return DomainError(rules.broken).codes


def test_JS_22_2_provider_and_customer_are_different_legal_persons() -> None:
    assert broken(purchase()) == ()
    assert broken(purchase(customer=e.PROVIDER)) == ("vouchers.related_parties",)
    assert broken(purchase(customer_head=e.PROVIDER)) == ("vouchers.related_parties",)
    assert broken(purchase(customer=None, external=False)) == ("vouchers.related_parties",)
    allowed = with_value(JIANGSU, "voucher.related_party_allowed", value=True)
    assert broken(purchase(customer=e.PROVIDER), allowed) == ()


def test_the_provider_and_the_service_are_those_of_the_programme() -> None:
    institution = purchase(provider_is_institution=True)
    assert broken(institution) == ("vouchers.provider_not_eligible",)
    assert broken(institution, eligible_providers=("professional_institution",)) == ()
    assert broken(purchase(service_mode="remote")) == ("vouchers.service_not_eligible",)
    assert broken(purchase(service_mode=None)) == ("vouchers.service_not_eligible",)
