# SPDX-License-Identifier: Apache-2.0
"""Lead times: how early and how late before the start somebody may ask (practice; JS 15, CQ 14.c; ruling 8.17)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT
from domain.reservations.rules.lead_time import lead_time

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case
    from domain.reservations.rules.lead_time import Bound, Item


def earliest(case: Case, rules: Rules) -> None:
    """Not further ahead than published."""
    limit = case.offer.limit
    bound = _bound(case, "earliest_minutes", limit.earliest_minutes_before if limit else None)
    if bound is None or case.wish.span.start - case.now <= timedelta(minutes=bound.minutes):
        return
    if bound.level == "opening_limit":
        _broken_limit(case, rules, "reservations.too_far_ahead", bound)
    else:
        _broken_rule(case, rules, "reservations.too_far_ahead_for_house_rules", bound)


def latest(case: Case, rules: Rules) -> None:
    """Not later before the start than published."""
    limit = case.offer.limit
    bound = _bound(case, "latest_minutes", limit.latest_minutes_before if limit else None)
    if bound is None or case.wish.span.start - case.now >= timedelta(minutes=bound.minutes):
        return
    if bound.level == "opening_limit":
        _broken_limit(case, rules, "reservations.too_short_notice", bound)
    else:
        _broken_rule(case, rules, "reservations.too_short_notice_for_house_rules", bound)


def _bound(case: Case, item: Item, opening_limit: int | None) -> Bound | None:
    """What binds; nothing where its time is held already, and nobody asks ahead."""
    if case.wish.held_already:
        return None
    house = case.offer.house
    return lead_time(
        item,
        resource=house.resource if house else None,
        unit=house.unit if house else None,
        tags=case.conduct.tags,
        opening_limit=opening_limit,
    )


def _broken_limit(case: Case, rules: Rules, code: str, bound: Bound) -> None:
    assert case.offer.limit is not None, "the bound is the limit's"
    rules.require(
        False,  # noqa: FBT003 - judged above
        code,
        citation=case.published,
        field="span.start",
        overridable_by=BY_THE_UNIT,
        minutes=bound.minutes,
        limit=case.offer.limit.version,
    )


def _broken_rule(case: Case, rules: Rules, code: str, bound: Bound) -> None:
    rules.require(
        False,  # noqa: FBT003 - judged above
        code,
        citation=case.published,
        field="span.start",
        overridable_by=BY_THE_UNIT,
        minutes=bound.minutes,
        level=bound.level,
        **case.versions,
    )
