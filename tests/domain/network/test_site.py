# SPDX-License-Identifier: Apache-2.0
from datetime import date
from typing import Any

import pytest

from domain.network import site as decide
from domain.network.events import SiteChanged, SiteClosed, SiteStaffNamed, SiteStaffReleased
from domain.network.site import SITE
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import given
from tests.domain.network.examples import STAFF, opened


def test_a_site_serves_from_its_first_day_until_the_day_it_closes() -> None:
    outcome = given(SITE, opened()).when(decide.close, reason="并站", closed_on=date(2026, 12, 31))
    state = outcome.then(SiteClosed(reason="并站", closed_on=date(2026, 12, 31))).state
    assert [state.serves_on(date(2025, 12, 31)), state.serves_on(date(2026, 1, 1))] == [False, True]
    assert [state.serves_on(date(2026, 12, 30)), state.serves_on(date(2026, 12, 31))] == [True, False]


def test_an_opening_states_the_lists_it_was_judged_by() -> None:
    (event,) = decide.open_site(opened(), edition=JIANGSU)
    assert event.basis
    assert event.basis.articles == ("JS 17",)
    assert "district" in event.basis.values["site.hosts"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kind": "integration_centre", "host_kind": "professional_institution"}, "site_particular_missing"),
        ({"kind": "user_workstation", "host_kind": "high_tech_zone", "district": ""}, "site_particular_missing"),
        ({"kind": "service_base", "host_kind": "university", "services": ()}, "site_without_services"),
    ],
)
def test_a_carrier_states_what_its_kind_cannot_do_without(changes: dict[str, Any], code: str) -> None:
    given(SITE).when(decide.open_site, opened(**changes), edition=CHONGQING).then_refused(f"network.{code}")


def test_every_broken_rule_is_named_at_once_with_its_article() -> None:
    wrong = opened(kind="embassy", host_kind="town", services=())
    refused = given(SITE).when(decide.open_site, wrong, host_fits=False, edition=JIANGSU)
    error = refused.then_refused(
        "network.unknown_site_kind",
        "network.host_not_listed",
        "network.host_kind_mismatch",
        "network.site_without_services",
    )
    assert {item.citation.article for item in error.violations if item.citation} == {"JS 17"}


def test_a_silent_regime_opens_no_site() -> None:
    silent = with_value(JIANGSU, "site.kinds", None)
    given(SITE).when(decide.open_site, opened(), edition=silent).then_refused("policy.decision_missing")


def test_a_change_keeps_what_it_leaves_out_and_what_the_kind_needs() -> None:
    base = opened(kind="integration_centre", host_kind="professional_institution", industry="新材料")
    moved = SiteChanged(reason="迁址", city="无锡市")
    state = given(SITE, base).when(decide.change, moved, edition=CHONGQING).then(moved).state
    assert (state.city, state.industry) == ("无锡市", "新材料")
    nothing = SiteChanged(reason="…", city=base.city)
    given(SITE, base).when(decide.change, nothing, edition=CHONGQING).then_refused("network.nothing_changed")
    emptied = SiteChanged(reason="…", industry="")
    given(SITE, base).when(decide.change, emptied, edition=CHONGQING).then_refused("network.site_particular_missing")


def test_staff_come_and_go() -> None:
    named, released = SiteStaffNamed(user=STAFF), SiteStaffReleased(user=STAFF, reason="调离")
    given(SITE, opened()).when(decide.name_staff, user=STAFF, active=True).then(named)
    given(SITE, opened(), named).when(decide.name_staff, user=STAFF, active=False).then_refused(
        "network.staff_known", "network.person_not_active"
    )
    given(SITE, opened(), named).when(decide.release_staff, user=STAFF, reason="调离").then(released)
    given(SITE, opened()).when(decide.release_staff, user=STAFF, reason="…").then_refused("network.staff_unknown")


def test_a_closed_site_changes_no_more() -> None:
    closed = given(SITE, opened(), SiteClosed(reason="…", closed_on=date(2026, 2, 1)))
    closed.when(decide.change, SiteChanged(reason="…", city="…"), edition=JIANGSU).then_refused("network.site_closed")
    closed.when(decide.name_staff, user=STAFF, active=True).then_refused("network.site_closed")
    closed.when(decide.close, reason="…", closed_on=date(2026, 2, 1)).then_refused("network.site_closed")
    given(SITE, opened()).when(decide.close, reason="…", closed_on=date(2025, 12, 31)).then_refused(
        "network.ends_before_start"
    )
