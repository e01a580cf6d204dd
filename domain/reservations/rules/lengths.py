# SPDX-License-Identifier: Apache-2.0
"""Lengths by house rules, also by time band: the band in which the start lies stands before the general rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local
from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from datetime import datetime

    from domain.kernel.errors import Rules
    from domain.kernel.house_rules import HouseRules
    from domain.reservations.rules.case import Case

MINUTES_OF_A_YEAR = 366 * 1440
"""As good as no bound."""


def house_length(case: Case, rules: Rules) -> None:
    """Neither shorter nor longer than the house rules allow; 0 is no bound."""
    minutes = case.wish.span.minutes
    low, high = _stated(case, "min_minutes"), _stated(case, "max_minutes")
    for holds, code, bound in (
        (not low or minutes >= low, "reservations.shorter_than_house_rules", low),
        (not high or minutes <= high, "reservations.longer_than_house_rules", high),
    ):
        rules.require(
            holds,
            code,
            citation=case.published,
            field="span",
            overridable_by=BY_THE_UNIT,
            minutes=minutes,
            bound=bound or 0,
            **case.versions,
        )


def house_step(case: Case, rules: Rules) -> None:
    """The length is a whole number of steps; a time that was measured need not be."""
    step = _stated(case, "step_minutes")
    rules.require(
        not step or case.wish.span.minutes % step == 0,
        "reservations.off_step",
        citation=case.published,
        field="span",
        overridable_by=BY_THE_UNIT,
        minutes=case.wish.span.minutes,
        step=step or 0,
        **case.versions,
    )


def house_alignment(case: Case, rules: Rules) -> None:
    """The start lies on the alignment, counted from local midnight; a time that was measured need not."""
    align = _stated(case, "align_minutes")
    rules.require(
        not align or _minute_of_day(case.wish.span.start) % align == 0,
        "reservations.off_alignment",
        citation=case.published,
        field="span.start",
        overridable_by=BY_THE_UNIT,
        align=align or 0,
        **case.versions,
    )


def longest(case: Case) -> int:
    """The most minutes that opening terms and house rules leave for this start."""
    bounds = [case.offer.opening.max_minutes if case.offer.opening else None, _stated(case, "max_minutes")]
    return min((bound for bound in bounds if bound), default=MINUTES_OF_A_YEAR)


def _minute_of_day(instant: datetime) -> int:
    there = local(instant)
    return there.hour * 60 + there.minute


def _stated(case: Case, item: str) -> int | None:
    """What is said of one item for this start: by a band's rule, else by the general one; None where nothing is."""
    house = case.offer.house
    if house is None:
        return None
    # Bands belong to the rules that name them: lengths and bands are read at one level.
    level = house.resource if house.resource and house.resource.lengths else house.unit
    if level is None:
        return None
    inside = _bands_at(level, case.wish.span.start)
    by_band = [getattr(rule, item) for rule in level.lengths if rule.band in inside]
    general = [getattr(rule, item) for rule in level.lengths if rule.band is None]
    return next((minutes for minutes in (*by_band, *general) if minutes is not None), None)


def _bands_at(rules: HouseRules, start: datetime) -> set[str]:
    weekday, minute = local(start).isoweekday(), _minute_of_day(start)
    return {
        band.name for band in rules.bands if weekday in band.weekdays and band.start_minute <= minute < band.end_minute
    }
