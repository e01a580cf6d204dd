# SPDX-License-Identifier: Apache-2.0
"""One set of rules for page, API, import and all other ways to a booking (peers' REST interface skips the policy;
LibreBooking's #849 passes approval by, its #165 the credits).
"""

import ast
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from domain.reservations.rules import NAMES
from tests.application.reservations.house import publish, quota
from tests.application.reservations.province import Province, span
from tests.architecture.sources import trees
from tests.peers.paths import ADMITTING, PATHS, RESERVING, Path, before_the_rules

LATER = "tests/peers/paths.py lists every way to a booking: add this one, and what it asks for"
HOUSE: dict[str, dict[str, Any]] = {
    "reservations.quota_exceeded": {"quotas": [quota(limit=60)]},
    "reservations.longer_than_house_rules": {"lengths": [{"max_minutes": 60}]},
    "reservations.off_alignment": {"lengths": [{"align_minutes": 240}]},
    "reservations.too_short_notice_for_house_rules": {"lead": {"latest_minutes": 30 * 24 * 60}},
    "reservations.use_type_not_offered": {"use_types": ["training"]},
    "reservations.question_unanswered": {"questions": ["样品是否含磁性成分"]},
    "reservations.notices_not_read": {"must_read": ["开机前检查真空"]},
    "reservations.not_qualified": {"training": {}},
}
"""House rules that a booking of two hours breaks, each by the code it is refused with."""
VERSIONS = count(1)
"""The same rules again would be refused: each version differs in what no test here asks."""
CALLED = {"admit": ADMITTING, "reserve": RESERVING}


def callers(name: str, *packages: str) -> set[str]:
    """The modules that call a function or class by this name."""
    return {path for path, tree in trees(*packages) if any(called == name for called in _called(tree))}


def _called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id


@pytest.mark.parametrize("name", CALLED)
def test_no_way_to_a_booking_is_missing_from_the_table(name: str) -> None:
    assert callers(name, "application") == set(CALLED[name]), LATER


def test_nothing_but_an_admitted_request_is_made_a_reservation() -> None:
    """The event is made in one place, out of `Admitted`, which only `admit` makes."""
    packages = ("domain", "application", "api", "projections", "infrastructure")
    assert callers("Admitted", *packages) == {"domain/reservations/admission.py"}
    assert callers("ReservationRequested", *packages) == {
        "domain/reservations/requesting.py",
        "infrastructure/benchmarks/catalogue_history.py",
    }


def merged(chosen: list[str]) -> dict[str, Any]:
    rules: dict[str, Any] = {}
    for code in chosen:
        for item, stated in HOUSE[code].items():
            rules[item] = [*rules[item], *stated] if item in rules else stated
    if "lengths" in rules:  # one general rule, whichever parts of it were chosen
        rules["lengths"] = [{name: value for each in rules["lengths"] for name, value in each.items()}]
    return rules


def refused_on(path: Path, province: Province, when: Span) -> frozenset[str]:
    try:
        path.take(province, when)
    except DomainError as refused:
        return frozenset(refused.codes)
    return frozenset()


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
@pytest.mark.parametrize("code", HOUSE)
def test_each_rule_is_asked_on_each_path(province: Province, path: Path, code: str) -> None:
    """The same time, the same user, the same rule: let in nowhere where a single request is refused."""
    before_the_rules(province)
    publish(province, waiting_list=True, **HOUSE[code])
    when = span(9, 11, 5)
    expected = frozenset() if code in path.never else frozenset({code})
    assert refused_on(path, province, when) == expected


@given(chosen=st.lists(st.sampled_from(sorted(HOUSE)), unique=True, max_size=len(HOUSE)), closed=st.booleans())
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("path", PATHS[1:], ids=lambda path: path.name)
def test_whatever_is_published_every_path_says_what_a_single_request_is_told(
    province: Province,
    path: Path,
    chosen: list[str],
    closed: bool,  # noqa: FBT001 - an example
) -> None:
    """Any set of house rules, inside and outside of opening hours: all broken rules at once, the same on each path."""
    if not province.home.claims.holders(province.resource, span(day=4).start, span(day=4).end):
        before_the_rules(province)
    publish(province, waiting_list=True, **merged(chosen), daily_sample_intake=next(VERSIONS))
    when = span(17, 19, 5) if closed else span(9, 11, 5)
    told = refused_on(PATHS[0], province, when)
    assert told >= frozenset(chosen)
    if told - path.never:
        assert refused_on(path, province, when) == told - path.never


def test_what_was_judged_names_the_whole_table_whichever_way_it_came(province: Province) -> None:
    publish(province, waiting_list=True, quotas=[quota(limit=10_000)])
    for place, path in enumerate(PATHS[:-2]):
        made = path.take(province, span(9, 11, 5 + place))
        state = province.state(made.id)
        reservation = province.state(state.booked[0].reservation) if path.name == "series" else state
        assert reservation.judged.rules == NAMES, path.name
