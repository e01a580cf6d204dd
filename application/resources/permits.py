# SPDX-License-Identifier: Apache-2.0
"""Who may touch a resource, and what a handler must know of its unit."""

from datetime import timedelta
from uuid import UUID

from application.errors import NotPermitted
from application.guards import own_unit
from application.resources.displacing import Hits
from application.work import Loaded, Work
from domain.kernel.actor import Role
from domain.kernel.errors import refusal
from domain.kernel.time import local_date
from domain.parties.legal_person import LEGAL_PERSON
from domain.parties.unit import INSTITUTION, UNIT, Unit
from domain.resources.pricing import Provider
from domain.resources.publication import Holder
from domain.resources.resource import RESOURCE
from domain.resources.state import Resource

HOLDERS = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION, Role.SYSTEM})
"""Those who hold resources in a unit of their own."""
RUNNERS = HOLDERS | {Role.OPERATOR}
"""Those who run them: the holders, and operators while authorised."""
HORIZON = timedelta(days=3660)
"""Nobody reserves further ahead."""


def held(work: Work, resource: UUID) -> Loaded[Resource]:
    """A resource of the actor's own unit. Raises `NotFound`, `NotPermitted`."""
    found = work.load(RESOURCE, resource)
    own_unit(work, found.state.unit)
    return found


def run(work: Work, resource: UUID) -> Loaded[Resource]:
    """A resource of the actor's own unit, or one the actor is authorised to operate today (JS 23, CQ 15.b; JS-23.1).

    Raises `NotFound`, `NotPermitted`.
    """
    if work.actor.role is not Role.OPERATOR:
        return held(work, resource)
    found = work.load(RESOURCE, resource)
    operator = work.actor.organisation
    if operator is None or not found.state.operates(operator, local_date(work.now)):
        raise NotPermitted(reason="operator", resource=str(resource))
    return found


def supervised(work: Work, resource: UUID) -> Loaded[Resource]:
    """A resource whose unit is under the actor's department (A09). Raises `NotFound`, `NotPermitted`."""
    found = work.load(RESOURCE, resource)
    if work.actor.role is Role.SYSTEM:
        return found
    competent = work.load(UNIT, found.state.unit).state.competent_department
    department = work.load(LEGAL_PERSON, work.actor.organisation).state if work.actor.organisation else None
    if department is None or department.name_zh != competent:
        raise NotPermitted(reason="competent_department", competent_department=competent)
    return found


def open_reservations(work: Work, resource: Loaded[Resource]) -> tuple[UUID, ...]:
    """Reservations that still hold time from now on; what the resource holds itself is not among them."""
    holders = work.claims.holders(resource.id, work.now, work.now + HORIZON)
    own = resource.state.own_holders()
    return tuple(holder for holder in holders if holder not in own)


def provider_of(unit: Unit) -> Provider:
    """As what a unit serves."""
    return "professional_institution" if unit.kind == INSTITUTION else "managing_unit"


def holder_of(work: Work, unit: Unit) -> Holder:
    """What the publication guard asks of a unit."""
    institution, today = unit.kind == INSTITUTION, local_date(work.now)
    return Holder(
        has_sharing_rules=unit.sharing_rules_on(today),
        admitted=not institution or work.load(LEGAL_PERSON, unit.legal_person).state.takes_part_on(today),
    )


def require_free(hits: Hits) -> None:
    """Say who stands in the way: reservations by their ids, and maintenance and blocks of the resource itself.

    Raises `DomainError` `resources.slot_occupied`.
    """
    count = len(hits.reservations) + len(hits.own)
    if count:
        listed = ", ".join(str(each) for each in hits.ids) or "-"
        raise refusal("resources.slot_occupied", field="span", count=count, own=len(hits.own), reservations=listed)
