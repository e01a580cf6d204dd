# SPDX-License-Identifier: Apache-2.0
"""Whether house rules make sense before anybody is bound by them: everything wrong is said at once."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from domain.kernel.errors import Rules

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.kernel.house_rules import ApprovalStep, BookingBand, ConductRule, HouseRules, Lead, LengthRule

USE_TYPES = ("use", "training", "teaching", "commissioned_test", "data_analysis")
"""What users may book for; maintenance is entered by the unit itself."""
MINUTES_OF_A_DAY = 1440
LENGTHS = ("min_minutes", "max_minutes", "step_minutes", "align_minutes")


def require_sound(stated: HouseRules) -> None:
    """Refuse house rules that contradict themselves. Raises `DomainError` with every `house_rules.*` found."""
    rules = Rules()
    _named_once(rules, stated)
    _leads(rules, stated)
    _bands(rules, stated.bands)
    _lengths(rules, stated)
    for place, step in enumerate(stated.approval or ()):
        _approval(rules, place, step)
    if stated.conduct is not None:
        _conduct(rules, stated.conduct)
    _use_types(rules, stated.use_types)
    rules.enforce()


def _named_once(rules: Rules, stated: HouseRules) -> None:
    lists: dict[str, Iterable[str]] = {
        "quotas": [quota.name for quota in stated.quotas],
        "accessories": [accessory.name for accessory in stated.accessories],
        "approval": [step.approver for step in stated.approval or ()],
        "must_read": stated.must_read,
        "questions": stated.questions,
        "use_types": stated.use_types or (),
        "feedback.questions": stated.feedback.questions if stated.feedback else (),
        "conduct.points": [points.outcome for points in stated.conduct.points] if stated.conduct else (),
        "lengths": [rule.band or "" for rule in stated.lengths],
    }
    for field, names in lists.items():
        for name, count in Counter(names).items():
            rules.require(count == 1, "house_rules.named_twice", field=f"rules.{field}", item=field, name=name)


def _leads(rules: Rules, stated: HouseRules) -> None:
    by_tag = ((f"lead_by_tag.{tag}", lead) for tag, lead in stated.lead_by_tag.items())
    for field, lead in (("lead", stated.lead), *by_tag):
        if lead is not None:
            rules.require(_leaves_time(lead), "house_rules.lead_leaves_no_time", field=f"rules.{field}", item=field)


def _leaves_time(lead: Lead) -> bool:
    """0 is no limit, so only two real bounds can exclude each other."""
    return not (lead.earliest_minutes and lead.latest_minutes) or lead.earliest_minutes > lead.latest_minutes


def _bands(rules: Rules, bands: tuple[BookingBand, ...]) -> None:
    for band in bands:
        days = band.weekdays
        rules.require(
            bool(days) and len(set(days)) == len(days),
            "house_rules.band_days_wrong",
            field="rules.bands",
            band=band.name,
        )
        rules.require(
            band.start_minute < band.end_minute,
            "house_rules.band_ends_before_start",
            field="rules.bands",
            band=band.name,
        )


def _lengths(rules: Rules, stated: HouseRules) -> None:
    known = {band.name for band in stated.bands}
    for rule in stated.lengths:
        rules.require(
            rule.band is None or rule.band in known,
            "house_rules.band_unknown",
            field="rules.lengths",
            band=rule.band or "",
            known=", ".join(sorted(known)),
        )
        _length(rules, rule)
    of_band = {rule.band: rule for rule in stated.lengths}
    for one, other in combinations(stated.bands, 2):
        first, second = of_band.get(one.name), of_band.get(other.name)
        if first and second and first is not second and _overlap(one, other):
            rules.require(
                _agree(first, second),
                "house_rules.bands_contradict",
                field="rules.bands",
                band=one.name,
                other=other.name,
            )


def _length(rules: Rules, rule: LengthRule) -> None:
    low, high, step = rule.min_minutes, rule.max_minutes, rule.step_minutes
    band = rule.band or ""
    rules.require(
        not (low and high) or low <= high,
        "house_rules.min_above_max",
        field="rules.lengths",
        band=band,
        minimum=low or 0,
        maximum=high or 0,
    )
    for bound in (low, high):
        rules.require(
            not (bound and step) or bound % step == 0,
            "house_rules.step_does_not_divide",
            field="rules.lengths",
            band=band,
            minutes=bound or 0,
            step=step or 0,
        )
    align = rule.align_minutes
    rules.require(
        not align or MINUTES_OF_A_DAY % align == 0,
        "house_rules.alignment_does_not_divide_day",
        field="rules.lengths",
        band=band,
        minutes=align or 0,
    )


def _overlap(one: BookingBand, other: BookingBand) -> bool:
    same_days = set(one.weekdays) & set(other.weekdays)
    return bool(same_days) and one.start_minute < other.end_minute and other.start_minute < one.end_minute


def _agree(one: LengthRule, other: LengthRule) -> bool:
    """Whether a start that lies in both bands is told the same by each item that both state."""
    pairs = ((getattr(one, name), getattr(other, name)) for name in LENGTHS)
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


def _approval(rules: Rules, place: int, step: ApprovalStep) -> None:
    """A declared outcome without a time limit would never come about."""
    rules.require(
        step.limit_hours is not None or "on_time_out" not in step.model_fields_set,
        "house_rules.outcome_without_limit",
        field=f"rules.approval.{place}",
        approver=step.approver,
    )


def _conduct(rules: Rules, conduct: ConductRule) -> None:
    ban, notify = conduct.ban_below, conduct.notify_below
    field = "rules.conduct"
    rules.require(
        ban is None or ban <= conduct.starting_points,
        "house_rules.banned_from_the_start",
        field=f"{field}.ban_below",
        points=ban or 0,
        starting_points=conduct.starting_points,
    )
    rules.require(
        ban is None or notify is None or notify >= ban,
        "house_rules.warning_after_ban",
        field=f"{field}.notify_below",
        points=ban or 0,
    )
    costly = any(points.outcome == "normal" and points.enabled and points.points for points in conduct.points)
    rules.require(not costly, "house_rules.normal_use_costs_points", field=f"{field}.points")


def _use_types(rules: Rules, use_types: tuple[str, ...] | None) -> None:
    rules.require(use_types != (), "house_rules.no_use_type", field="rules.use_types")
    for use_type in use_types or ():
        rules.require(
            use_type in USE_TYPES,
            "house_rules.use_type_unknown",
            field="rules.use_types",
            use_type=use_type,
            known=", ".join(USE_TYPES),
        )
