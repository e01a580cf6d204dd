# SPDX-License-Identifier: Apache-2.0
"""Each house rule on both sides of its boundary, and the table of all of them."""

import ast
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules, merged
from domain.reservations.admission import admit, broken_rules
from domain.reservations.facts import Banned, Conduct, House, Limit, Wish
from domain.reservations.rules import NAMES, OVERRIDABLE, PREDICATES
from domain.reservations.rules.periods import period_of
from domain.reservations.rules.quotas import quota_draws
from infrastructure.words import load_words
from tests.architecture.refusals import spoken_in
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.reservations.samples import ASKER, MORNING, NOW, OFFER, UNIT, USER, WISH, at, span

RULES = Path(__file__).parents[3] / "domain" / "reservations" / "rules"
DOCS = Path(__file__).parents[3] / "docs" / "booking.md"


def under(
    here: dict[str, Any] | None = None,
    unit: dict[str, Any] | None = None,
    *,
    wish: Wish = WISH,
    now: datetime = NOW,
    limit: Limit | None = None,
    used: dict[str, int] | None = None,
    **conduct: Any,  # noqa: ANN401 - any fact of conduct
) -> list[str]:
    """The codes of all broken rules under house rules of the instrument and the unit, by what they are called."""
    own = HouseRules.model_validate(here) if here is not None else None
    general = HouseRules.model_validate(unit) if unit is not None else None
    house = House(
        rules=merged(general, own),
        resource=own,
        unit=general,
        resource_version=1 if own else None,
        unit_version=2 if general else None,
        used=used or {},
    )
    asker = replace(ASKER, conduct=Conduct(**conduct))
    offer = replace(OFFER, house=house, limit=limit)
    found = broken_rules(wish=wish, asker=asker, offer=offer, edition=JIANGSU, now=now)
    return [violation.code.removeprefix("reservations.") for violation in found]


def before(minutes: int) -> datetime:
    """So many minutes before the start of the morning."""
    return at(9) - timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("ahead", "codes"),
    [
        (60, ["too_short_notice_for_house_rules"]),
        (61, []),
        (600, []),
        (601, ["too_far_ahead_for_house_rules"]),
    ],
)
def test_lead_times_of_the_instrument(ahead: int, codes: list[str]) -> None:
    lead = {"lead": {"earliest_minutes": 600, "latest_minutes": 61}}
    assert under(lead, now=before(ahead)) == codes
    assert under(None, lead, now=before(ahead)) == codes


def test_an_opening_limit_speaks_for_the_instrument_where_its_house_rules_do_not() -> None:
    limit = Limit(version=7, latest_minutes_before=120)
    unit = {"lead": {"latest_minutes": 30}}
    assert under(None, unit, limit=limit, now=before(60)) == ["too_short_notice"]
    assert under({"lead": {"latest_minutes": 60}}, unit, limit=limit, now=before(60)) == []
    assert under({"lead": {"latest_minutes": 0}}, unit, limit=limit, now=before(1)) == []


def test_a_tag_stands_before_what_holds_for_everybody() -> None:
    rules = {"lead": {"earliest_minutes": 60}, "lead_by_tag": {"vip": {"earliest_minutes": 0}}}
    assert under(rules) == ["too_far_ahead_for_house_rules"]
    assert under(rules, tags=frozenset({"vip"})) == []


@pytest.mark.parametrize(
    ("lengths", "codes"),
    [
        ({"min_minutes": 120, "max_minutes": 120}, []),
        ({"min_minutes": 121}, ["shorter_than_house_rules"]),
        ({"max_minutes": 119}, ["longer_than_house_rules"]),
        ({"min_minutes": 0, "max_minutes": 0, "step_minutes": 0, "align_minutes": 0}, []),
        ({"step_minutes": 40}, []),
        ({"step_minutes": 50}, ["off_step"]),
        ({"align_minutes": 180}, []),
        ({"align_minutes": 240}, ["off_alignment"]),
    ],
)
def test_lengths_steps_and_alignment(lengths: dict[str, int], codes: list[str]) -> None:
    assert under({"lengths": [lengths]}) == codes


@pytest.mark.parametrize(
    ("start", "weekdays", "codes"),
    [(540, [1], []), (541, [1], ["longer_than_house_rules"]), (540, [2], ["longer_than_house_rules"])],
)
def test_the_rule_of_the_band_in_which_the_start_lies_wins(start: int, weekdays: list[int], codes: list[str]) -> None:
    bands = [{"name": "early", "weekdays": weekdays, "start_minute": start, "end_minute": 600}]
    lengths = [{"band": "early", "max_minutes": 120}, {"max_minutes": 60, "min_minutes": 30}]
    assert under({"bands": bands, "lengths": lengths}) == codes
    assert under(None, {"bands": bands, "lengths": lengths}) == codes


def test_what_a_band_leaves_out_the_general_rule_says() -> None:
    bands = [{"name": "early", "weekdays": [1], "start_minute": 480, "end_minute": 600}]
    lengths = [{"band": "early", "min_minutes": 30}, {"max_minutes": 60}]
    assert under({"bands": bands, "lengths": lengths}) == ["longer_than_house_rules"]


@pytest.mark.parametrize(
    ("start", "end", "weekdays", "codes"),
    [
        (660, 720, [1], []),
        (659, 720, [1], ["time_kept_for_tags"]),
        (480, 540, [1], []),
        (480, 541, [1], ["time_kept_for_tags"]),
        (480, 720, [2], []),
        (600, 610, [1, 2], ["time_kept_for_tags"]),
    ],
)
def test_time_that_is_kept_for_a_tag(start: int, end: int, weekdays: list[int], codes: list[str]) -> None:
    """The morning is from nine to eleven of a Monday: no part of it may lie in a band that others are to have."""
    band = {"name": "course", "weekdays": weekdays, "start_minute": start, "end_minute": end}
    rules = {"bands": [{**band, "open_to_tags": ["course", "staff"]}]}
    assert under(rules) == under(None, rules) == codes
    assert under(rules, tags=frozenset({"staff"})) == []
    assert under({"bands": [band]}) == [], "a band without tags is open to all"


def test_time_kept_over_midnight_is_found_on_the_second_day() -> None:
    band = {"name": "night", "weekdays": [2], "start_minute": 0, "end_minute": 60, "open_to_tags": ["night_shift"]}
    wish = replace(WISH, span=span(at(22), at(22) + timedelta(hours=3)))
    assert "time_kept_for_tags" in under({"bands": [band]}, wish=wish)
    assert "time_kept_for_tags" not in under({"bands": [{**band, "weekdays": [1]}]}, wish=wish)


def test_use_types_notices_and_questions() -> None:
    rules = {"use_types": ["training"], "must_read": ["a"], "questions": ["q", "r"]}
    assert under(rules) == ["use_type_not_offered", "notices_not_read", *["question_unanswered"] * 2]
    wish = replace(WISH, use_type="training", rules_read=True, answers={"q": "yes", "r": " "})
    assert under(rules, wish=wish) == ["question_unanswered"]
    assert under(rules, wish=replace(wish, answers={"q": "yes", "r": "no"})) == []


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({}, ["not_qualified"]),
        ({"qualified": True}, []),
        ({"qualified": True, "qualified_until": date(2026, 3, 2)}, []),
        ({"qualified": True, "qualified_until": date(2026, 3, 1)}, ["qualification_ends_before"]),
        ({"qualified": True, "last_used": at(9) - timedelta(days=181)}, []),
        ({"qualified": True, "last_used": at(9) - timedelta(days=182)}, ["qualification_lapsed"]),
    ],
)
def test_training_is_asked_for_and_lapses_without_use(facts: dict[str, Any], codes: list[str]) -> None:
    rules = {"training": {"lapse_months": 6}}
    assert under(rules, **facts) == codes
    assert under(rules, wish=replace(WISH, service_mode="commissioned_test"), **facts) == []


@pytest.mark.parametrize(("hours", "codes"), [(24, []), (25, ["feedback_owed"])])
def test_feedback_owed_blocks_after_its_time(hours: int, codes: list[str]) -> None:
    owed = (NOW - timedelta(hours=hours), NOW)
    assert under({"feedback": {"block_after_hours": 24}}, feedback_owed=owed) == codes
    assert under({}, feedback_owed=owed) == [], "it was not published"


@pytest.mark.parametrize(("until", "codes"), [(None, ["banned"]), (NOW + timedelta(seconds=1), ["banned"]), (NOW, [])])
def test_a_ban_binds_while_it_lasts_and_only_if_conduct_was_published(until: datetime | None, codes: list[str]) -> None:
    bans = (Banned(scope="unit", until=until, reason="爽约三次"),)
    assert under({"conduct": {}}, bans=bans) == codes
    assert under({}, bans=bans) == [], "ruling 8.17"


def test_accessories_must_be_published() -> None:
    wish = replace(WISH, accessories=("a", "b"))
    assert under({"accessories": [{"name": "a", "quantity": 1}]}, wish=wish) == ["accessory_unknown"]


QUOTA = {"name": "周", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 240}


@pytest.mark.parametrize(("used", "codes"), [(120, []), (121, ["quota_exceeded"])])
def test_a_quota_holds_up_to_its_limit(used: int, codes: list[str]) -> None:
    account = f"quota:{OFFER.resource}:user:{USER}:minutes:weekly:2026-W10:周"
    assert under({"quotas": [QUOTA]}, used={account: used}) == codes
    assert under({"quotas": [{**QUOTA, "tags": ["vip"]}]}, used={account: used}) == []
    assert under({"quotas": [{**QUOTA, "tags": ["vip"]}]}, used={account: used}, tags=frozenset({"vip"})) == codes


def accounts(**changes: Any) -> list[str]:  # noqa: ANN401 - any item of a quota
    rules = HouseRules.model_validate({"quotas": [{**QUOTA, **changes}]})
    house = House(rules=rules, resource=None, unit=rules, resource_version=None, unit_version=1)
    wish = replace(WISH, group=UUID(int=9))
    return [draw.account for draw in quota_draws(wish, ASKER, replace(OFFER, house=house))]


def test_each_scope_and_place_counts_apart() -> None:
    assert accounts() == [f"quota:{UNIT}:user:{USER}:minutes:weekly:2026-W10:周"]
    assert accounts(scope="group") == [f"quota:{UNIT}:group:{UUID(int=9)}:minutes:weekly:2026-W10:周"]
    assert accounts(scope="organisation") == [f"quota:{UNIT}:organisation:{ASKER.customer}:minutes:weekly:2026-W10:周"]
    assert accounts(recurrence="weekend") == []


@pytest.mark.parametrize(
    ("recurrence", "instant", "period"),
    [
        ("daily", at(0), "2026-03-02"),
        ("daily", at(0) - timedelta(minutes=1), "2026-03-01"),
        ("weekday", at(12, day=6), "2026-03-06"),
        ("weekday", at(12, day=7), None),
        ("weekend", at(0, day=7), "2026-W10"),
        ("weekend", at(23, 59, day=8), "2026-W10"),
        ("weekend", at(0, day=9), None),
        ("weekly", at(23, 59, day=8), "2026-W10"),
        ("weekly", at(0, day=9), "2026-W11"),
        ("monthly", at(0, day=1), "2026-03"),
        ("monthly", at(0, day=1) - timedelta(minutes=1), "2026-02"),
        ("yearly", at(0), "2026"),
    ],
)
def test_periods_are_those_of_a_shanghai_calendar(recurrence: Any, instant: datetime, period: str | None) -> None:  # noqa: ANN401 - any recurrence
    """Defects seen: epoch seconds read as the server's clock, and a weekend rule that always refuses Sunday."""
    assert period_of(recurrence, instant) == period


def test_all_broken_rules_come_back_at_once_with_version_and_article() -> None:
    rules = {"lead": {"latest_minutes": 5000}, "lengths": [{"max_minutes": 60}], "use_types": ["training"]}
    house = HouseRules.model_validate(rules)
    offer = replace(OFFER, house=House(rules=house, resource=house, unit=None, resource_version=3, unit_version=None))
    for edition, article in ((JIANGSU, "JS 15"), (CHONGQING, "CQ 14")):
        with pytest.raises(DomainError) as refused:
            admit(wish=replace(WISH, purpose="tourism"), asker=ASKER, offer=offer, edition=edition, now=NOW)
        house_rules = [each for each in refused.value.violations if "resource_rules" in each.parameters]
        assert len(refused.value.violations) == 4
        assert {each.parameters["resource_rules"] for each in house_rules} == {"3"}
        assert {each.citation.article if each.citation else "" for each in house_rules} == {article}
        assert {each.overridable_by for each in house_rules} == {"managing_unit"}


def test_a_ban_for_all_units_is_not_set_aside_by_one() -> None:
    rules = HouseRules.model_validate({"conduct": {}})
    house = House(rules=rules, resource=None, unit=rules, resource_version=None, unit_version=1)
    wish = replace(WISH, overrides={"reservations.banned": "急用"})
    offer = replace(OFFER, house=house)
    for scope, may in (("unit", True), ("global", False)):
        bans = (Banned(scope=scope, until=None, reason="r"),)
        asker = replace(ASKER, staff=True, conduct=Conduct(bans=bans))
        if may:
            assert admit(wish=wish, asker=asker, offer=offer, edition=JIANGSU, now=NOW).overridden == (
                "reservations.banned",
            )
        else:
            with pytest.raises(DomainError):
                admit(wish=wish, asker=asker, offer=offer, edition=JIANGSU, now=NOW)


def _codes_of_rules() -> set[str]:
    files = sorted(RULES.glob("*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in files)
    return {spoken.code for tree in trees for spoken in spoken_in(tree)}


def test_every_code_of_the_table_has_words_and_every_rule_is_documented() -> None:
    errors, page = load_words().errors, DOCS.read_text(encoding="utf-8")
    assert _codes_of_rules() - errors.keys() == set()
    assert [name for name in NAMES if f"`{name}`" not in page] == []
    assert [code for code in OVERRIDABLE if f"`{code.partition('.')[2]}`" not in page] == []
    assert len(set(NAMES)) == len(NAMES)


def test_every_public_predicate_is_in_the_table() -> None:
    listed = {(predicate.__module__, predicate.__name__) for _, predicate in PREDICATES}
    for path in RULES.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            arguments = [each.arg for each in node.args.args] if isinstance(node, ast.FunctionDef) else []
            if arguments == ["case", "rules"] and not node.name.startswith("_"):  # type: ignore[attr-defined]
                assert (f"domain.reservations.rules.{path.stem}", node.name) in listed  # type: ignore[attr-defined]


def test_what_may_be_set_aside_is_said_by_the_rules_themselves() -> None:
    assert _codes_of_rules() >= OVERRIDABLE
    assert "reservations.user_kind_excluded" not in OVERRIDABLE


@given(
    minutes=st.integers(1, 600),
    bounds=st.tuples(st.integers(0, 600), st.integers(0, 600), st.integers(0, 120)),
)
def test_lengths_are_judged_as_they_are_stated(minutes: int, bounds: tuple[int, int, int]) -> None:
    low, high, step = bounds
    wish = replace(WISH, span=span(MORNING.start, MORNING.start + timedelta(minutes=minutes)))
    house = {"lengths": [{"min_minutes": low, "max_minutes": high, "step_minutes": step}]}
    codes = under(house, wish=wish)
    assert ("shorter_than_house_rules" in codes) == (minutes < low)
    assert ("longer_than_house_rules" in codes) == (0 < high < minutes)
    assert ("off_step" in codes) == (step > 0 and minutes % step != 0)


def test_a_use_that_took_place_is_not_undone_by_what_only_whoever_asks_ahead_is_asked() -> None:
    past = replace(WISH, entered_afterwards=True)
    rules: dict[str, Any] = {
        "lead": {"latest_minutes": 60},
        "lengths": [{"step_minutes": 50, "align_minutes": 50}],
        "quotas": [{"name": "q", "scope": "user", "recurrence": "daily", "measure": "minutes", "limit": 1}],
        "feedback": {"block_after_hours": 1},
        "conduct": {"ban_below": 60},
        "must_read": ["须知"],
        "questions": ["磁性"],
        "use_types": ["training"],
        "training": {},
    }
    bans = (Banned(scope="unit", until=None, reason="r"),)
    told: dict[str, Any] = {"feedback_owed": (before(600),), "bans": bans}
    late = at(12)
    ahead = under(rules, wish=WISH, now=late, **told)
    assert {"start_in_past", "quota_exceeded", "feedback_owed", "banned", "notices_not_read"} <= set(ahead)
    assert {"question_unanswered", "off_step", "off_alignment", "too_short_notice_for_house_rules"} <= set(ahead)
    assert under(rules, wish=past, now=late, **told) == ["use_type_not_offered", "not_qualified"]


@pytest.mark.parametrize(("limit", "drawn"), [(119, 0), (120, 1)])
def test_a_use_that_took_place_draws_on_a_counter_that_has_room_and_on_no_other(limit: int, drawn: int) -> None:
    quotas = [{"name": "q", "scope": "user", "recurrence": "daily", "measure": "minutes", "limit": limit}]
    rules = HouseRules.model_validate({"quotas": quotas})
    house = House(rules=rules, resource=rules, unit=None, resource_version=1, unit_version=None)
    wish, offer = replace(WISH, entered_afterwards=True), replace(OFFER, house=house)
    assert len(admit(wish=wish, asker=ASKER, offer=offer, edition=JIANGSU, now=at(12)).draws) == drawn
