# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.network import demand as state_of
from domain.network import matching as decide
from domain.network.broker import BROKER
from domain.network.demand import DEMAND
from domain.network.events import (
    DemandClosed,
    DemandWithdrawn,
    MatchOutcomeRecorded,
    ResourceMatched,
    SiteClosed,
    SiteStaffNamed,
)
from domain.network.matching import Matcher, Reserved
from domain.network.site import SITE
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.network.examples import (
    BROKER_USER,
    CUSTOMER,
    CUSTOMER_USER,
    MATCH,
    OFFERED,
    PROVIDER,
    RESERVATION,
    SEM,
    SITE_ID,
    STAFF,
    STRANGER,
    TODAY,
    UNIT,
    UNREGISTERED,
    XRD,
    fitted,
    opened,
    registered,
    stated,
)

REGISTRATION = UUID(int=77)
AS_BROKER = Matcher(user=BROKER_USER, registration=REGISTRATION, broker=given(BROKER, registered()).state)
AS_STAFF = Matcher(user=STAFF, site_id=SITE_ID, site=given(SITE, opened(), SiteStaffNamed(user=STAFF)).state)
MATCHED = ResourceMatched(
    match=MATCH,
    resource=SEM,
    unit=UNIT,
    provider=PROVIDER,
    matched_by=BROKER_USER,
    capacity="broker",
    broker=REGISTRATION,
    broker_kind="technology_manager",
    points=30,
    of=30,
    reasons=fitted().reasons,
    note="有空档",
)
DECLINED = MatchOutcomeRecorded(match=MATCH, outcome="declined", reason="太远")
MADE = MatchOutcomeRecorded(match=MATCH, outcome="reservation_made", reservation=RESERVATION)
RESERVED = Reserved(reservation=RESERVATION, resource=SEM, user=CUSTOMER_USER, customer=CUSTOMER)


def match(*past: Any, **changes: Any) -> Outcome:  # noqa: ANN401 - events and facts
    facts = {
        "match": MATCH,
        "matcher": AS_BROKER,
        "offered": OFFERED,
        "fit": fitted(),
        "note": "有空档",
        "edition": JIANGSU,
        "today": TODAY,
    }
    return given(DEMAND, *(past or (stated(),))).when(decide.match, **facts | changes)


def outcome(*past: Any, **changes: Any) -> Outcome:  # noqa: ANN401 - events and facts
    facts = {"match": MATCH, "outcome": "reservation_made", "reserved": RESERVED, "reason": ""}
    return given(DEMAND, *(past or (stated(), MATCHED))).when(decide.record_outcome, **facts | changes)


def test_a_registered_broker_matches_and_the_reasons_are_kept() -> None:
    assert match().then(MATCHED).state.state == "matched"


def test_the_staff_of_an_open_site_match_where_there_are_no_brokers() -> None:
    found = match(matcher=AS_STAFF, edition=CHONGQING)
    (event,) = found.events
    assert isinstance(event, ResourceMatched)
    assert (event.capacity, event.site, event.broker) == ("site_staff", SITE_ID, None)


@pytest.mark.parametrize(
    ("matcher", "today"),
    [
        (UNREGISTERED, TODAY),
        (AS_BROKER, date(2027, 1, 1)),
        (replace(AS_BROKER, user=STRANGER), TODAY),
        (replace(AS_STAFF, user=STRANGER), TODAY),
        (
            replace(
                AS_STAFF,
                site=given(SITE, opened(), SiteStaffNamed(user=STAFF), SiteClosed(reason="…", closed_on=TODAY)).state,
            ),
            TODAY,
        ),
    ],
    ids=["nobody", "run_out", "another_person", "not_of_the_site", "closed_site"],
)
def test_nobody_else_matches(matcher: Matcher, today: date) -> None:
    refused = match(stated(needed_by=None), matcher=matcher, today=today)
    error = refused.then_refused("network.not_registered_to_match")
    assert error.violations[0].citation


def test_a_match_names_everything_that_stands_in_its_way() -> None:
    match(
        stated(needed_by=date(2026, 3, 1)),
        MATCHED,
        matcher=UNREGISTERED,
        offered=replace(OFFERED, takes_part=False),
    ).then_refused(
        "network.not_registered_to_match",
        "network.resource_not_offered",
        "network.already_matched",
        "network.demand_too_late",
    )
    match(offered=replace(OFFERED, published=False)).then_refused("network.resource_not_offered")
    match(stated(), DemandWithdrawn(reason="…")).then_refused("network.demand_not_open")


def test_a_reservation_closes_the_demand_and_a_refusal_opens_it_again() -> None:
    assert outcome().then(MADE).state.state == "closed"
    declined = outcome(outcome="declined", reserved=None, reason="太远").then(DECLINED)
    assert declined.state.state == "open"
    second = MATCHED.model_copy(update={"match": UUID(int=1), "resource": XRD})
    assert given(DEMAND, stated(), MATCHED, second, DECLINED).state.state == "matched"
    match(stated(), MATCHED, DECLINED).then(MATCHED)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reserved": None}, "reservation_missing"),
        ({"reserved": replace(RESERVED, resource=XRD)}, "reservation_of_another"),
        ({"reserved": replace(RESERVED, user=STRANGER, customer=None)}, "reservation_of_another"),
        ({"outcome": "declined", "reserved": None}, "reason_missing"),
        ({"outcome": "declined", "reason": "…"}, "reservation_of_another"),
        ({"match": UUID(int=1)}, "match_unknown"),
    ],
)
def test_an_outcome_speaks_of_this_match(changes: dict[str, Any], code: str) -> None:
    outcome(**changes).then_refused(f"network.{code}")


def test_an_outcome_is_said_once() -> None:
    outcome(stated(), MATCHED, DECLINED).then_refused("network.outcome_known")


def test_an_individual_is_served_by_their_own_reservation() -> None:
    alone = stated(customer=None, user_kind="individual")
    outcome(alone, MATCHED, reserved=replace(RESERVED, customer=None)).then(MADE)
    outcome(alone, MATCHED, reserved=replace(RESERVED, user=STRANGER, customer=None)).then_refused(
        "network.reservation_of_another"
    )


def test_a_demand_says_what_by_when_and_by_whom() -> None:
    facts = {"active": True, "today": TODAY}
    given(DEMAND).when(state_of.state_demand, stated(), **facts).then(stated())
    given(DEMAND).when(state_of.state_demand, stated(needed_by=TODAY), **facts).then(stated(needed_by=TODAY))
    empty = stated(class_code="", keywords=(), needed_by=date(2026, 3, 1))
    given(DEMAND).when(state_of.state_demand, empty, active=False, today=TODAY).then_refused(
        "network.demand_without_subject", "network.demand_too_late", "network.person_not_active"
    )


def test_a_demand_is_withdrawn_or_closed_once() -> None:
    withdrawn, closed = DemandWithdrawn(reason="…"), DemandClosed(reason="…")
    assert given(DEMAND, stated()).when(state_of.withdraw, reason="…").then(withdrawn).state.state == "withdrawn"
    assert given(DEMAND, stated(), MATCHED).when(state_of.close, reason="…").then(closed).state.state == "closed"
    for last in (withdrawn, closed):
        given(DEMAND, stated(), last).when(state_of.close, reason="…").then_refused("network.demand_not_open")
