# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from domain.policy import Edition
from domain.resources import exemption as decide
from domain.resources.events import ExemptionClaimed, ExemptionConfirmed, ExemptionEnded, ExemptionRefused
from domain.resources.resource import RESOURCE
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import given
from tests.domain.resources.examples import TODAY, history

REVIEW = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("edition", "ground"),
    [
        (JIANGSU, "national_security"),
        (JIANGSU, "secrecy"),
        (JIANGSU, "law_or_regulation"),
        (CHONGQING, "secrecy"),
        (CHONGQING, "special_provision"),
    ],
)
def test_JS_9_2_CQ_5_1_a_ground_of_the_regime_is_claimed(edition: Edition, ground: str) -> None:
    outcome = given(RESOURCE, *history("published")).when(
        decide.claim, ground=ground, reason="…", review_on=REVIEW, edition=edition, today=TODAY
    )
    outcome.then(ExemptionClaimed(ground=ground, reason="…", review_on=REVIEW))


@pytest.mark.parametrize(("edition", "ground"), [(JIANGSU, "commercial_preference"), (CHONGQING, "national_security")])
def test_JS_9_2_CQ_5_1_another_ground_is_refused(edition: Edition, ground: str) -> None:
    refused = (
        given(RESOURCE, *history("draft"))
        .when(decide.claim, ground=ground, reason="…", review_on=TODAY, edition=edition, today=TODAY)
        .then_refused("resources.unknown_exemption_ground", "resources.review_not_ahead")
    )
    assert refused.violations[0].citation == edition.citation("scope.exemption_grounds")


def test_a_claim_is_confirmed_refused_or_ended_with_its_basis() -> None:
    claimed = given(RESOURCE, *history("exempt_claimed"))
    confirmed = claimed.when(decide.confirm, review_on=REVIEW, edition=JIANGSU, today=TODAY)
    confirmed.then(ExemptionConfirmed(review_on=REVIEW, basis=JIANGSU.basis("scope.exemption_decider")))
    claimed.when(decide.refuse, reason="…", edition=JIANGSU).then(ExemptionRefused(reason="…"))
    given(RESOURCE, *history("exempt")).when(decide.end, reason="…", edition=JIANGSU).then(ExemptionEnded(reason="…"))


def test_an_exemption_is_confirmed_only_until_a_review_ahead() -> None:
    given(RESOURCE, *history("exempt_claimed")).when(
        decide.confirm, review_on=TODAY, edition=JIANGSU, today=TODAY
    ).then_refused("resources.review_not_ahead")
