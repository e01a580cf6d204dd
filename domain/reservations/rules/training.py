# SPDX-License-Identifier: Apache-2.0
"""Qualified users only, where the house rules ask for training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.kernel.time import local_date
from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from datetime import date

    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case

SERVED = "commissioned_test"
"""A service in which the user never touches the instrument needs no qualification of the user."""


def qualification(case: Case, rules: Rules) -> None:
    """The user is qualified, still on the day of use."""
    if case.house.training is None or case.wish.service_mode == SERVED:
        return
    rules.require(
        case.conduct.qualified,
        "reservations.not_qualified",
        citation=case.published,
        field="on_behalf_of",
        overridable_by=BY_THE_UNIT,
        **case.versions,
    )
    until = case.conduct.qualified_until
    if case.conduct.qualified and until is not None:
        rules.require(
            local_date(case.wish.span.start) <= until,
            "reservations.qualification_ends_before",
            citation=case.published,
            field="span",
            overridable_by=BY_THE_UNIT,
            until=until.isoformat(),
            **case.versions,
        )


def practice(case: Case, rules: Rules) -> None:
    """The last use is not longer ago than the published number of months."""
    training, last = case.house.training, case.conduct.last_used
    if training is None or training.lapse_months is None or last is None or case.wish.service_mode == SERVED:
        return
    day = local_date(case.wish.span.start)
    rules.require(
        _months_after(local_date(last), training.lapse_months) >= day,
        "reservations.qualification_lapsed",
        citation=case.published,
        field="on_behalf_of",
        overridable_by=BY_THE_UNIT,
        months=training.lapse_months,
        last_used=local_date(last).isoformat(),
        **case.versions,
    )


def _months_after(day: date, months: int) -> date:
    """The day of that number some months on, or the last day of a shorter month."""
    place = day.year * 12 + day.month - 1 + months
    year, month = divmod(place, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return day.replace(year=year, month=month + 1, day=number)
        except ValueError:
            continue
    raise AssertionError(day)
