# SPDX-License-Identifier: Apache-2.0
import pytest

from domain.policy import Edition
from domain.resources.funding import is_public
from domain.resources.values import FundingShare, FundingSource
from tests.domain.editions import CHONGQING, JIANGSU


@pytest.mark.parametrize(
    ("edition", "source", "public"),
    [
        (JIANGSU, "provincial_fiscal_funds", True),
        (JIANGSU, "state_owned_capital", True),
        (JIANGSU, "enterprise", False),
        (CHONGQING, "district_fiscal_funds", True),
        (CHONGQING, "state_owned_capital", False),
        (CHONGQING, "social_capital", False),
    ],
)
def test_JS_2_2_CQ_5_1_one_fen_of_public_money_makes_a_resource_public(
    edition: Edition, source: FundingSource, *, public: bool
) -> None:
    own = FundingShare(source="own_funds", amount_fen=99_999)
    assert is_public((own, FundingShare(source=source, amount_fen=1)), edition) is public
    assert not is_public((own, FundingShare(source=source, amount_fen=0)), edition)
    assert not is_public((), edition)
