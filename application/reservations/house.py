# SPDX-License-Identifier: Apache-2.0
"""House rules for a decision: those in force now, those of an earlier request, and what is drawn of their counters."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from application.reservations.credit import debt_of
from application.reservations.facts import asker_of, cancel_minutes_before, offer_of
from application.reservations.grouping import group_facts, own_groups
from application.reservations.standing import UNIT_STAFF
from application.standing.conduct import conduct_of
from domain.kernel.house_rules import merged
from domain.kernel.time import local_date
from domain.parties.unit import UNIT
from domain.reservations.facts import House
from domain.reservations.judged_events import HoldingsReturned, RequestJudged
from domain.reservations.rules.lead_time import lead_time
from domain.reservations.rules.quotas import counts_by_group, quota_draws

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.kernel.house_rules import HouseRules
    from domain.policy import Edition
    from domain.reservations.facts import Asker, Offer, Wish
    from domain.reservations.reservation import Reservation
    from domain.reservations.rules.lead_time import Bound, Item
    from domain.resources.resource import Resource


def house_of(work: Work, resource: Resource) -> House | None:
    """The house rules in force now; None where neither the instrument nor its unit has published any."""
    here, general = resource.house_rules, work.load(UNIT, resource.unit).state.house_rules
    if not (here or general):
        return None
    return House(
        rules=merged(_latest(general), _latest(here)),
        resource=_latest(here),
        unit=_latest(general),
        resource_version=len(here) or None,
        unit_version=len(general) or None,
    )


def _latest(versions: tuple[HouseRules, ...]) -> HouseRules | None:
    return versions[-1] if versions else None


def facts_for(
    work: Work,
    resource_id: UUID,
    resource: Resource,
    user: UUID,
    wish: Wish,
    edition: Edition,
    *,
    moving: Reservation | None = None,
    counters: bool = True,
) -> tuple[Asker, Offer]:
    """For whom and what is offered, with house rules, conduct and counters where house rules are published.

    `moving` is the reservation that the wish would move: what it draws already does not stand in its own way. Without
    `counters` nothing is read of them, and the constraint alone decides at the commit.
    Raises `NotFound`.
    """
    asker = asker_of(work, user, resource, voucher_grant=wish.voucher_grant)
    actor = work.actor
    speaks_for_unit = actor.role in UNIT_STAFF and actor.unit == resource.unit and actor.user != user
    group = group_facts(work, wish.group, user, asker.customer)
    asker = replace(asker, staff=speaks_for_unit, group=group)
    house = house_of(work, resource)
    tariff = resource.tariff_on(local_date(wish.span.start))
    if house is None and tariff is not None and tariff.asks_who:
        asker = replace(asker, conduct=conduct_of(work, resource.unit, user, resource_id, use_at=wish.span.start))
    if house is not None:
        conduct = conduct_of(work, resource.unit, user, resource_id, use_at=wish.span.start, group=wish.group)
        asker = replace(asker, conduct=conduct)
        if counts_by_group(house, conduct.tags):
            asker = replace(asker, groups=own_groups(work, user, asker.customer, wish))
        if house.rules.credit is not None and moving is None:
            house = replace(house, debt=debt_of(work, resource.unit, asker))
    offer = replace(offer_of(work, resource_id, resource, wish, asker, edition), house=house)
    if not counters or (house is None and group is None):
        return asker, offer
    kept = {draw.account: draw.amount for draw in moving.draws} if moving else {}
    used = _used(work, [draw.account for draw in quota_draws(wish, asker, offer)], kept)
    return _counted(asker, offer, used, kept)


def _counted(asker: Asker, offer: Offer, used: dict[str, int], kept: dict[str, int]) -> tuple[Asker, Offer]:
    """The same with what was drawn before of each counter."""
    group, house = asker.group, offer.house
    counted = replace(asker, group=replace(group, used=used, kept=kept)) if group else asker
    return counted, replace(offer, house=replace(house, used=used, kept=kept)) if house else offer


def _used(work: Work, accounts: list[str], kept: dict[str, int]) -> dict[str, int]:
    """What others draw of all counters of the request, in one query; none where it draws on none."""
    if not accounts:
        return {}
    used, pending = work.claims.used(accounts), _pending(work)
    return {each: used.get(each, 0) + pending[each] - kept.get(each, 0) for each in accounts}


def _pending(work: Work) -> Counter[str]:
    """What this command has drawn itself so far, for instance by the bookings of a series before this one."""
    drawn: Counter[str] = Counter()
    for event in (event for stream in work.changes() for event in stream.events):
        if isinstance(event, RequestJudged | HoldingsReturned):
            sign = 1 if isinstance(event, RequestJudged) else -1
            drawn.update({draw.account: sign * draw.amount for draw in event.draws})
    return drawn


def lead_at_request(work: Work, reservation: Reservation, resource: Resource, item: Item) -> Bound | None:
    """A lead time by the rules published before the request, with the tags of then (ruling 8.17).

    Of the items the opening limit knows only the last moment to cancel.
    """
    judged = reservation.judged
    of_limit = cancel_minutes_before(resource, reservation.limit_version) if item == "cancel_minutes" else None
    here = judged.resource_rules if judged else None
    general = judged.unit_rules if judged else None
    unit = work.load(UNIT, reservation.unit).state.house_rules if general else ()
    return lead_time(
        item,
        resource=_version(resource.house_rules, here),
        unit=_version(unit, general),
        tags=judged.tags if judged else (),
        opening_limit=of_limit,
    )


def _version(versions: tuple[HouseRules, ...], number: int | None) -> HouseRules | None:
    return versions[number - 1] if number else None
