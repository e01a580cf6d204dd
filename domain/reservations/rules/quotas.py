# SPDX-License-Identifier: Apache-2.0
"""Quotas as counters: what a request draws, and whether enough is left (ruling 8.17).

A counter is one account of the claims. The draw is judged before the commit, so that the refusal names the numbers;
at the commit the database's constraint decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.judged_events import QuotaDraw
from domain.reservations.rules.case import BY_THE_UNIT
from domain.reservations.rules.group import spending_draws
from domain.reservations.rules.periods import period_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from domain.kernel.errors import Rules
    from domain.kernel.house_rules import Quota
    from domain.reservations.facts import Asker, House, Offer, Wish
    from domain.reservations.rules.case import Case

EXCEEDED = "reservations.quota_exceeded"


def quota_draws(wish: Wish, asker: Asker, offer: Offer) -> tuple[QuotaDraw, ...]:
    """What the request draws on each counter that counts it: quotas of the instrument and of its unit both bind.

    What the leader of its group lets the user spend is counted in the same way.
    """
    return (*_draws(wish, asker, offer), *spending_draws(wish, asker, offer))


def _draws(wish: Wish, asker: Asker, offer: Offer) -> Iterator[QuotaDraw]:
    if offer.house is None:
        return
    for place, stated in ((offer.resource, offer.house.resource), (offer.unit, offer.house.unit)):
        for each in stated.quotas if stated else ():
            period = period_of(each.recurrence, wish.span.start)
            if period is None or (each.tags and not asker.conduct.tags & set(each.tags)):
                continue
            amount = wish.span.minutes if each.measure == "minutes" else 1
            account = account_of(each, place, _whose(each, wish, asker), period)
            yield QuotaDraw(quota=each.name, account=account, cap=each.limit, amount=amount)


def account_of(quota: Quota, place: UUID, whose: UUID, period: str) -> str:
    """The counter's account; a quota that counts something else from now on begins a new one."""
    return f"quota:{place}:{quota.scope}:{whose}:{quota.measure}:{quota.recurrence}:{period}:{quota.name}"


def _whose(quota: Quota, wish: Wish, asker: Asker) -> UUID:
    """Whoever has no group or organisation counts as one alone."""
    match quota.scope:
        case "user":
            return asker.user
        case "group":
            return wish.group or counted_group(wish, asker) or asker.user
        case "organisation":
            return asker.customer or asker.user


def counted_group(wish: Wish, asker: Asker) -> UUID | None:
    """The group whose counters a request draws on that names none: the only one of the user.

    So leaving the field out opens no second counter. What is counted already stays with its group when it moves.
    """
    if wish.group is not None or len(asker.groups) > 1:
        return None
    return asker.groups[0].group if asker.groups else wish.counted_group


def counts_by_group(house: House | None, tags: frozenset[str]) -> bool:
    """Whether a quota by group is published that counts users with these tags, in whatever period."""
    levels = (house.resource, house.unit) if house else ()
    return any(
        each.scope == "group" and (not each.tags or tags & set(each.tags))
        for level in levels
        if level
        for each in level.quotas
    )


def group_named(case: Case, rules: Rules) -> None:
    """Whoever belongs to several groups says for which of them, where a quota counts by group."""
    rules.require(
        len(case.asker.groups) <= 1,
        "reservations.group_to_be_named",
        citation=case.published,
        field="group_id",
        groups=", ".join(f"{each.name} ({each.group})" for each in case.asker.groups),
        **case.versions,
    )


def quota(case: Case, rules: Rules) -> None:
    """No counter would pass its limit by a new draw; what a move leaves as it was, or lessens, is none."""
    house = case.offer.house
    for draw in _draws(case.wish, case.asker, case.offer):
        rules.require(
            not passes_limit(draw, house),
            EXCEEDED,
            citation=case.published,
            field="span",
            overridable_by=BY_THE_UNIT,
            quota=draw.quota,
            limit=draw.cap,
            used=house.used.get(draw.account, 0) if house else 0,
            asked=draw.amount,
            **case.versions,
        )


def passes_limit(draw: QuotaDraw, house: House | None) -> bool:
    """Whether a draw on a published counter passes its limit; what a move draws already is none."""
    used, kept = (house.used, house.kept) if house else ({}, {})
    return used.get(draw.account, 0) + draw.amount > draw.cap and draw.amount > kept.get(draw.account, 0)
