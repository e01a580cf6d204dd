# SPDX-License-Identifier: Apache-2.0
"""What rooms ask of an edition: values, silence, money, citations, and which edition is in force."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from domain.kernel.errors import DomainError
from domain.kernel.time import local_date
from domain.policy import Edition, Regime
from infrastructure.policy import load_regimes
from tests.domain.editions import CHONGQING, JIANGSU, with_value

BOTH = pytest.mark.parametrize("edition", [JIANGSU, CHONGQING], ids=lambda edition: edition.regime)
UNDECIDED = (
    "voucher.subsidy_ratio",
    "voucher.max_coverage_of_fee",
    "voucher.annual_cap_per_beneficiary",
    "voucher.validity_days",
    "voucher.funding_split",
    "voucher.sme_evidence_rule",
    "evaluation.grade_cutoffs",
    "post_subsidy.amount",
    "reward.rate_by_grade",
)


@BOTH
@pytest.mark.parametrize("name", UNDECIDED)
def test_what_the_authority_must_decide_fails_closed(edition: Edition, name: str) -> None:
    with pytest.raises(DomainError) as refused:
        edition.value(name)
    assert refused.value.codes == ("policy.decision_missing",)
    assert refused.value.violations[0].parameters == {"parameter": name}
    citation = refused.value.violations[0].citation
    assert citation is not None
    assert citation.document == edition.document_no


def test_a_decision_opens_what_was_closed() -> None:
    decided = with_value(JIANGSU, "voucher.subsidy_ratio", Decimal("0.30"))
    assert decided.value("voucher.subsidy_ratio") == Decimal("0.30")
    assert JIANGSU.optional("voucher.subsidy_ratio") is None


def test_only_one_regulation_says_who_is_paid_for_a_voucher() -> None:
    assert CHONGQING.value("voucher.payee") == "provider"
    with pytest.raises(DomainError):
        JIANGSU.value("voucher.payee")


def test_a_default_holds_where_the_regulation_is_silent_and_says_which_reading_it_follows() -> None:
    mandatory = CHONGQING.parameter("contract.mandatory")
    assert mandatory.silent
    assert mandatory.choice == "A33"
    assert CHONGQING.value("contract.mandatory") is True
    assert CHONGQING.value("contract.required_clauses") == JIANGSU.value("contract.required_clauses")
    assert len(JIANGSU.value("contract.required_clauses")) == 6


def test_silent_is_neither_zero_nor_no() -> None:
    assert CHONGQING.optional("reward.rate_max") is None
    assert JIANGSU.optional("resource.facility_min_value") is None


def test_numbers_are_exact() -> None:
    assert JIANGSU.fen("reward.cap") == 500_000_00
    assert JIANGSU.fen("review.upper_band_from") == 2_000_000_00
    assert CHONGQING.fen("resource.facility_min_value") == 200_000_00
    rate = JIANGSU.value("reward.rate_max")
    assert (type(rate), str(rate)) == (Decimal, "0.05")


def test_the_weights_of_the_annex_sum_to_one() -> None:
    first = JIANGSU.value("evaluation.first_level_weights")
    second = JIANGSU.value("evaluation.second_level_weights")
    assert sum(first.values()) == sum(second.values()) == 1
    by_head = {
        head: sum(weight for name, weight in second.items() if name.startswith(prefix))
        for head, prefix in zip(first, ("A.1", "A.2", "A.3"), strict=True)
    }
    assert by_head == first


@BOTH
def test_a_basis_states_the_values_as_plain_words(edition: Edition) -> None:
    basis = edition.basis("contract.signatures_required", "voucher.subsidy_ratio", "resource.sharing_rules_required")
    assert (basis.regime, basis.edition) == (edition.regime, edition.edition)
    assert basis.values == {
        "contract.signatures_required": "2",
        "voucher.subsidy_ratio": "silent",
        "resource.sharing_rules_required": "true",
    }


def test_a_basis_names_each_article_once_and_lists_without_notation() -> None:
    basis = JIANGSU.basis("review.acts", "review.unit_price_min", "fee.principle", articles=("JS 12",))
    assert basis.articles == ("JS 12", "JS 21")
    assert basis.values["review.acts"] == "new_purchase, new_construction"
    weights = JIANGSU.basis("evaluation.first_level_weights").values["evaluation.first_level_weights"]
    assert weights == "resource_integration: 0.30; open_service: 0.50; operation_management: 0.20"


def test_where_no_article_speaks_the_reading_is_cited_and_without_one_nothing() -> None:
    reading = CHONGQING.citation("contract.mandatory")
    assert reading is not None
    assert (reading.document, reading.article) == (CHONGQING.document_no, "A33")
    assert CHONGQING.citation("resource.internal_priority") is None


def test_an_unknown_name_is_a_bug() -> None:
    with pytest.raises(KeyError):
        JIANGSU.value("reward.rate_maximum")


@pytest.mark.parametrize(
    ("name", "first"),
    [("jiangsu", date(2020, 10, 1)), ("chongqing", date(2016, 10, 29))],
    ids=["JS_33_1", "CQ_25_1"],
)
def test_a_regime_holds_from_its_first_local_day(name: str, first: date) -> None:
    regime = load_regimes()[name]
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=8)
    assert regime.on(local_date(midnight)).effective_from == first
    with pytest.raises(DomainError) as refused:
        regime.on(local_date(midnight - timedelta(seconds=1)))
    assert refused.value.codes == ("policy.not_in_force",)


def test_a_later_edition_leaves_earlier_days_alone() -> None:
    later = with_value(JIANGSU, "reward.rate_max", Decimal("0.03")).model_copy(
        update={"edition": "2030-1", "effective_from": date(2030, 1, 1)}
    )
    regime = Regime(name=JIANGSU.regime, editions=(JIANGSU, later))
    assert regime.on(date(2029, 12, 31)).value("reward.rate_max") == Decimal("0.05")
    assert regime.on(date(2030, 1, 1)).value("reward.rate_max") == Decimal("0.03")
