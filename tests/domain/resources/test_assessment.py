# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from domain.policy import Edition
from domain.resources import assessment as decide
from domain.resources.assessment import Then
from domain.resources.facts import Facts
from domain.resources.registry_events import ResourceAssessed
from domain.resources.resource import RESOURCE
from domain.resources.review import RULE
from domain.resources.values import FundingShare
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.resources.examples import history, registered

DISTRICT = (FundingShare(source="district_fiscal_funds", amount_fen=1),)
ENTERPRISE = (FundingShare(source="enterprise", amount_fen=1),)


@pytest.mark.parametrize(
    ("edition", "funding", "accepted_on", "due_on", "binding"),
    [
        (CHONGQING, DISTRICT, date(2024, 1, 1), date(2024, 1, 31), True),
        (CHONGQING, ENTERPRISE, date(2024, 1, 1), None, False),
        (CHONGQING, DISTRICT, None, None, False),
        (CHONGQING, DISTRICT, date(2016, 10, 28), None, False),
        (CHONGQING, DISTRICT, date(2016, 10, 29), date(2016, 11, 28), True),
        (JIANGSU, DISTRICT, date(2024, 1, 1), date(2024, 1, 31), False),
        (JIANGSU, DISTRICT, date(2020, 9, 30), None, False),
    ],
)
def test_a_new_public_resource_is_due_and_only_where_the_text_says_so_binding(
    edition: Edition, funding: tuple[FundingShare, ...], accepted_on: date | None, due_on: date | None, *, binding: bool
) -> None:
    found = decide.assess(Facts("scientific_data", 1, funding, accepted_on), edition)
    assert (found.listing_due_on, found.listing_binding) == (due_on, binding)
    assert found.basis == edition.basis(*decide.RESTS_ON, *decide.PERIOD, *RULE)


def test_A04_the_period_is_that_of_the_day_of_acceptance_and_the_rest_that_of_today() -> None:
    longer = with_value(CHONGQING, "resource.listing_deadline_days", 60)
    facts = Facts("scientific_data", 1, DISTRICT, date(2024, 1, 1))
    assert decide.assess(facts, longer).listing_due_on == date(2024, 3, 1)
    found = decide.assess(facts, longer, Then(accepted=CHONGQING))
    assert (found.listing_due_on, found.listing_binding) == (date(2024, 1, 31), True)
    assert found.basis is not None
    assert found.basis.values["resource.listing_deadline_days"] == "30"
    private = with_value(longer, "scope.mandatory_funding", ("state_owned_capital",))
    assert decide.assess(facts, private, Then(accepted=CHONGQING)).listing_due_on is None


def test_A84_a_facility_below_the_minimum_is_never_due() -> None:
    below = Facts("research_facility", 19_999_999, DISTRICT, date(2024, 1, 1))
    found = decide.assess(below, CHONGQING)
    assert (found.public, found.counted, found.listing_due_on) == (True, False, None)


def test_what_was_registered_before_is_judged_on_demand_and_only_once() -> None:
    draft = given(RESOURCE, registered())
    judged = draft.when(decide.judge_again, edition=JIANGSU)
    judged.then(ResourceAssessed(public=True, counted=True, listing_due_on=None, listing_binding=False))
    known = given(RESOURCE, *history("draft"), *judged.events)
    known.when(decide.judge_again, edition=JIANGSU).then_refused("resources.nothing_changed")
    strict = with_value(JIANGSU, "scope.mandatory_funding", ("state_owned_capital",))
    after = known.when(decide.judge_again, edition=strict)
    after.then(ResourceAssessed(public=False, counted=True, listing_due_on=None, listing_binding=False))
