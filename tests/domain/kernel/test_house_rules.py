# SPDX-License-Identifier: Apache-2.0
"""House rules are refused with everything that contradicts itself, and two levels make one."""

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules, merged
from domain.kernel.house_rules_sound import USE_TYPES, require_sound
from domain.reservations.events import UseType

DAY = {"name": "day", "weekdays": [1, 2, 3, 4, 5], "start_minute": 480, "end_minute": 1080}
QUOTA = {"name": "q", "scope": "user", "recurrence": "weekly", "measure": "minutes", "limit": 60}


def codes(**stated: Any) -> tuple[str, ...]:  # noqa: ANN401 - any item
    try:
        require_sound(HouseRules.model_validate(stated))
    except DomainError as refused:
        return tuple(code.removeprefix("house_rules.") for code in refused.codes)
    return ()


def band(name: str, start: int, end: int, *days: int) -> dict[str, Any]:
    return {"name": name, "weekdays": days or (1,), "start_minute": start, "end_minute": end}


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({}, ()),
        ({"bands": [DAY], "lengths": [{"band": "day", "max_minutes": 60}]}, ()),
        ({"lengths": [{"band": "night", "max_minutes": 60}]}, ("band_unknown",)),
        ({"bands": [band("day", 600, 600)]}, ("band_ends_before_start",)),
        ({"bands": [{**DAY, "weekdays": []}]}, ("band_days_wrong",)),
        ({"bands": [{**DAY, "weekdays": [1, 1]}]}, ("band_days_wrong",)),
        ({"lengths": [{"min_minutes": 60, "max_minutes": 30}]}, ("min_above_max",)),
        ({"lengths": [{"min_minutes": 60, "max_minutes": 60}]}, ()),
        ({"lengths": [{"min_minutes": 60, "max_minutes": 0}]}, ()),
        ({"lengths": [{"min_minutes": 45, "step_minutes": 30}]}, ("step_does_not_divide",)),
        ({"lengths": [{"max_minutes": 100, "step_minutes": 30}]}, ("step_does_not_divide",)),
        ({"lengths": [{"align_minutes": 7}]}, ("alignment_does_not_divide_day",)),
        ({"lengths": [{"align_minutes": 60}, {"align_minutes": 30}]}, ("named_twice",)),
        ({"quotas": [QUOTA, QUOTA]}, ("named_twice",)),
        ({"accessories": [{"name": "a", "quantity": 1}] * 2}, ("named_twice",)),
        ({"must_read": ["a", "a"], "questions": ["b", "b"]}, ("named_twice", "named_twice")),
        ({"approval": [{"approver": "group_leader"}, {"approver": "group_leader"}]}, ("named_twice",)),
        ({"approval": [{"approver": "group_leader", "on_time_out": "approve"}]}, ("outcome_without_limit",)),
        ({"approval": [{"approver": "group_leader", "limit_hours": 24, "on_time_out": "approve"}]}, ()),
        ({"approval": [{"approver": "group_leader"}]}, ()),
        ({"lead": {"earliest_minutes": 60, "latest_minutes": 60}}, ("lead_leaves_no_time",)),
        ({"lead": {"earliest_minutes": 61, "latest_minutes": 60}}, ()),
        ({"lead": {"earliest_minutes": 0, "latest_minutes": 60}}, ()),
        ({"lead_by_tag": {"vip": {"earliest_minutes": 1, "latest_minutes": 9}}}, ("lead_leaves_no_time",)),
        ({"use_types": []}, ("no_use_type",)),
        ({"use_types": ["maintenance"]}, ("use_type_unknown",)),
        ({"conduct": {"starting_points": 50, "ban_below": 60}}, ("banned_from_the_start",)),
        ({"conduct": {"ban_below": 60, "notify_below": 59}}, ("warning_after_ban",)),
        ({"conduct": {"points": [{"outcome": "normal", "points": 1}]}}, ("normal_use_costs_points",)),
        ({"conduct": {"points": [{"outcome": "late", "points": 1}] * 2}}, ("named_twice",)),
    ],
)
def test_what_contradicts_itself_is_refused(stated: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert codes(**stated) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (band("a", 480, 720), band("b", 720, 900), ()),
        (band("a", 480, 721), band("b", 720, 900), ("bands_contradict",)),
        (band("a", 480, 721, 1), band("b", 720, 900, 2), ()),
        (band("a", 480, 720), band("a", 600, 900), ()),
    ],
)
def test_overlapping_bands_must_agree(first: dict[str, Any], second: dict[str, Any], expected: tuple[str, ...]) -> None:
    names = dict.fromkeys((first["name"], second["name"]))
    lengths = [{"band": name, "max_minutes": 60 * place} for place, name in enumerate(names, start=1)]
    assert codes(bands=[first, second], lengths=lengths) == expected
    same = [{"band": name, "max_minutes": 60} for name in names]
    assert codes(bands=[first, second], lengths=same) == ()


def test_everything_wrong_is_said_at_once_with_its_place() -> None:
    stated = HouseRules.model_validate(
        {"lengths": [{"band": "x", "min_minutes": 9, "max_minutes": 3}], "quotas": [QUOTA, QUOTA], "use_types": []}
    )
    with pytest.raises(DomainError) as refused:
        require_sound(stated)
    found = {(violation.code.partition(".")[2], violation.field) for violation in refused.value.violations}
    assert found == {
        ("named_twice", "rules.quotas"),
        ("band_unknown", "rules.lengths"),
        ("min_above_max", "rules.lengths"),
        ("no_use_type", "rules.use_types"),
    }


@pytest.mark.parametrize(
    "stated",
    [
        {"lead": {"latest_minutes": -1}},
        {"quotas": [{**QUOTA, "limit": 0}]},
        {"quotas": [{**QUOTA, "recurrence": "fortnightly"}]},
        {"quotas": [QUOTA] * 13},
        {"bands": [{**DAY, "weekdays": [0]}]},
        {"lead_by_tag": {"Nicht gut": {}}},
        {"accessories": [{"name": " ", "quantity": 1}]},
        {"surprise": 1},
    ],
)
def test_what_is_no_house_rule_at_all_is_no_house_rule(stated: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        HouseRules.model_validate(stated)


def test_the_use_types_are_those_of_a_request() -> None:
    assert get_args(UseType) == USE_TYPES


def test_an_instrument_stands_before_its_unit_and_quotas_of_both_bind() -> None:
    unit = HouseRules.model_validate({"lead": {"latest_minutes": 60}, "must_read": ["u"], "quotas": [QUOTA]})
    here = HouseRules.model_validate({"must_read": ["i"], "quotas": [{**QUOTA, "name": "i"}]})
    both = merged(unit, here)
    assert (both.lead, both.must_read, [quota.name for quota in both.quotas]) == (unit.lead, ("i",), ["q", "i"])
    assert merged(None, here) is here
    assert merged(unit, None) is unit
    assert merged(None, None) == HouseRules()
