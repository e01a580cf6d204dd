# SPDX-License-Identifier: Apache-2.0
"""Which house rules bind: those published before a request, or those in force now (ruling 8.17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from domain.kernel.house_rules import HouseRules, merged
from domain.parties.unit import UNIT
from domain.resources.resource import RESOURCE
from domain.standing.events import Versions

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.reservations.reservation import Reservation


@dataclass(frozen=True, slots=True)
class Bound:
    """House rules of an instrument and its unit together, with the versions they stand in."""

    rules: HouseRules = field(default_factory=HouseRules)
    versions: Versions = field(default_factory=Versions)


def bound_by(work: Work, reservation: Reservation) -> Bound:
    """The rules that the request, or its last move, was judged by; nothing binds where none was published then."""
    judged = reservation.judged
    if judged is None:
        return Bound()
    versions = Versions(resource_rules=judged.resource_rules, unit_rules=judged.unit_rules)
    return _of(work, reservation.resource, reservation.unit, versions)


def in_force(work: Work, resource: UUID) -> Bound:
    """The rules published last for an instrument and its unit. Raises `NotFound`."""
    found = work.load(RESOURCE, resource).state
    unit = work.load(UNIT, found.unit).state
    versions = Versions(
        resource_rules=len(found.house_rules) or None,
        unit_rules=len(unit.house_rules) or None,
    )
    return _of(work, resource, found.unit, versions)


def of_unit(work: Work, unit: UUID) -> Bound:
    """The rules published last for all instruments of a unit. Raises `NotFound`."""
    published = work.load(UNIT, unit).state.house_rules
    if not published:
        return Bound()
    return Bound(published[-1], Versions(unit_rules=len(published)))


def _of(work: Work, resource: UUID, unit: UUID, versions: Versions) -> Bound:
    first, second = versions.resource_rules, versions.unit_rules
    of_resource = work.load(RESOURCE, resource).state.house_rules[first - 1] if first else None
    of_unit = work.load(UNIT, unit).state.house_rules[second - 1] if second else None
    return Bound(merged(of_unit, of_resource), versions)
