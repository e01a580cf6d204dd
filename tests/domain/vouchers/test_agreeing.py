# SPDX-License-Identifier: Apache-2.0
"""Terms decided for all programmes bind each of them; without such a decision each programme decides."""

from typing import Any

import pytest

from domain.policy import Edition
from tests.domain.editions import JIANGSU
from tests.domain.policy.decisions import NEW_YEAR, NUMBER, decided
from tests.domain.vouchers import examples as e
from tests.domain.vouchers.test_programme import establish, funders

HALVES = {"province": "0.5", "county": "0.5"}


def policy(**values: Any) -> Edition:  # noqa: ANN401 - JSON
    return decided(JIANGSU, **values).completing(JIANGSU, NEW_YEAR)


@pytest.mark.parametrize(
    ("values", "agreeing", "other"),
    [
        ({"voucher__subsidy_ratio": "0.30"}, {"subsidy_ratio": "0.3"}, {"subsidy_ratio": "0.31"}),
        ({"voucher__max_coverage_of_fee": "0.60"}, {"max_coverage_of_fee": "0.60"}, {"max_coverage_of_fee": "0.59"}),
        (
            {"voucher__annual_cap_per_beneficiary": "150000.00"},
            {"annual_cap_fen": 15_000_000},
            {"annual_cap_fen": 15_000_001},
        ),
        ({"voucher__annual_cap_per_beneficiary": None}, {"annual_cap_fen": None}, {"annual_cap_fen": 1}),
        ({"voucher__validity_days": 180}, {"validity_days": 180}, {"validity_days": 181}),
        ({"voucher__redemption_deadline_days": None}, {"redemption_deadline_days": None}, {}),
        (
            {"voucher__funding_split": HALVES},
            {"funders": funders(("province", "0.5"), ("county", "0.5"))},
            {"funders": funders(("province", "0.4"), ("county", "0.6"))},
        ),
    ],
)
def test_a_programme_says_what_was_decided_for_all(
    values: dict[str, Any], agreeing: dict[str, Any], other: dict[str, Any]
) -> None:
    edition = policy(**values)
    outcome = establish(e.terms(**agreeing), edition)
    assert outcome.refused is None
    (event,) = outcome.events
    assert event.basis is not None
    assert NUMBER in event.basis.articles
    if other:
        (violation,) = establish(e.terms(**other), edition).then_refused("vouchers.contradicts_decision").violations
        assert violation.citation is not None
        assert NUMBER in violation.citation.article
        assert establish(e.terms(**other), JIANGSU).refused is None


def test_several_of_a_kind_share_what_is_decided_for_the_kind() -> None:
    two = funders(("province", "0.5"), ("county", "0.2"), ("county", "0.3"))
    assert establish(e.terms(funders=two), policy(voucher__funding_split=HALVES)).refused is None
