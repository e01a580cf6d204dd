# SPDX-License-Identifier: Apache-2.0
"""When fewer pieces of an accessory are published: the reservations that go short are listed, and their users told.

None is displaced silently (A26): they stand until the provider cancels or moves them.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from domain.kernel.house_rules import HouseRules, merged
from domain.kernel.time import Span
from domain.parties.unit import UNIT
from domain.reservations.beyond import beyond
from domain.reservations.reservation import RESERVATION
from domain.resources.booking_events import AccessoriesLowered
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from pydantic import JsonValue

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

HOLDING = ("requested", "confirmed", "in_use")
AHEAD = timedelta(days=5 * 366)
"""As far ahead as house rules let anybody book."""


def short_at_instrument(work: Work, found: Loaded[Resource], rules: HouseRules) -> list[JsonValue]:
    """Who goes short when the instrument publishes `rules`. Appends to its stream; returns what the answer lists."""
    published = work.load(UNIT, found.state.unit).state.house_rules
    general = published[-1] if published else None
    before = merged(general, found.state.house_rules[-1] if found.state.house_rules else None)
    if not (fewer := lowered(before, merged(general, rules))):
        return []
    occupants = work.claims.occupants(found.id, work.now, work.now + AHEAD)
    own = found.state.own_holders()
    reserved = (work.find(RESERVATION, each.holder) for each in occupants if each.holder not in own)
    return _noted(work, found.id, fewer, (each for each in reserved if each is not None))


def short_at_unit(work: Work, unit: UUID, former: HouseRules | None, rules: HouseRules) -> list[JsonValue]:
    """The same for every instrument of the unit that leaves its accessories to the unit."""
    if not lowered(merged(former, None), merged(rules, None)):
        return []
    by_resource: dict[UUID, list[Loaded[Reservation]]] = defaultdict(list)
    for named in work.registry.reservations_of(unit, [Span(start=work.now, end=work.now + AHEAD)]):
        reserved = work.find(RESERVATION, named)
        if reserved is not None:
            by_resource[reserved.state.resource].append(reserved)
    told: list[JsonValue] = []
    for resource, known in by_resource.items():
        own = work.load(RESOURCE, resource).state.house_rules
        here = own[-1] if own else None
        told += _noted(work, resource, lowered(merged(former, here), merged(rules, here)), known)
    return told


def lowered(before: HouseRules, after: HouseRules) -> dict[str, int]:
    """The accessories of which there are fewer from now on, with how many are left."""
    left = {each.name: each.quantity for each in after.accessories}
    return {each.name: left.get(each.name, 0) for each in before.accessories if left.get(each.name, 0) < each.quantity}


def _noted(
    work: Work, resource: UUID, fewer: dict[str, int], reserved: Iterable[Loaded[Reservation]]
) -> list[JsonValue]:
    holding = {each.id: each for each in reserved if each.state.state in HOLDING and each.state.held.end > work.now}
    told: list[JsonValue] = []
    for name, quantity in fewer.items():
        held = [
            (each.state.held, each.id)
            for each in holding.values()
            if any(accessory.name == name for accessory in each.state.accessories)
        ]
        if short := beyond(held, quantity):
            work.append(resource, AccessoriesLowered(accessory=name, quantity=quantity, exceeding=short))
            told += [_told(holding[each], name, quantity) for each in short]
    return told


def _told(each: Loaded[Reservation], accessory: str, quantity: int) -> JsonValue:
    return {
        "accessory": accessory,
        "quantity": quantity,
        "reservation": str(each.id),
        "instrument": str(each.state.resource),
        "start": each.state.span.start.isoformat(),
        "end": each.state.span.end.isoformat(),
        "state": each.state.state,
    }
