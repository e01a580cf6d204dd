# SPDX-License-Identifier: Apache-2.0
"""On whose side an actor stands towards a reservation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from application.errors import NotPermitted
from application.guards import own_unit, serves_customer
from application.reservations.proxies import require_self_or_proxy
from domain.kernel.actor import Role
from domain.kernel.time import local_date
from domain.reservations.reservation import RESERVATION
from domain.resources.resource import RESOURCE

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Loaded, Work
    from domain.reservations.reservation import Reservation
    from domain.resources.resource import Resource

Side = Literal["user", "provider", "system"]
UNIT_STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
"""Those who act for one unit of their own; a professional institution serves like a managing unit (JS 19.c)."""


def for_provider(work: Work, reservation_id: UUID) -> tuple[Loaded[Reservation], Resource]:
    """A reservation for the staff of its provider. Raises `NotPermitted` for anybody else."""
    loaded = work.load(RESERVATION, reservation_id)
    resource = work.load(RESOURCE, loaded.state.resource).state
    require_provider(work, loaded.state.resource, resource)
    return loaded, resource


def for_either(work: Work, reservation_id: UUID) -> tuple[Loaded[Reservation], Resource, Side]:
    """A reservation for its user's side or its provider's, with the side the actor stands on.

    On the user's side stand the user, personal proxies, and a broker for what they asked for themselves.

    Raises `NotPermitted` for anybody else.
    """
    loaded = work.load(RESERVATION, reservation_id)
    reservation = loaded.state
    resource = work.load(RESOURCE, reservation.resource).state
    if work.actor.role is Role.SYSTEM:
        return loaded, resource, "system"
    if is_provider(work, resource) and work.actor.user != reservation.user:
        return loaded, resource, "provider"  # with what they reserved for themselves staff are users like others
    if work.actor.role is Role.USER:
        require_self_or_proxy(work, reservation.user, resource.unit, reservation.resource)
    elif work.actor.user != reservation.requested_by:
        serves_customer(work, reservation.customer, reservation.user)
    return loaded, resource, "user"


def is_provider(work: Work, resource: Resource) -> bool:
    """Whether the actor acts for the resource's unit, or for an operator it has authorised today (JS-23.1)."""
    actor = work.actor
    if actor.role is Role.OPERATOR:
        return actor.organisation is not None and resource.operates(actor.organisation, local_date(work.now))
    return actor.role in UNIT_STAFF and actor.unit == resource.unit


def require_provider(work: Work, resource_id: UUID, resource: Resource) -> None:
    """Refuse who acts neither for the resource's unit nor for its operator. Raises `NotPermitted`."""
    if work.actor.role is Role.OPERATOR:
        if not is_provider(work, resource):
            raise NotPermitted(reason="operator", resource=str(resource_id))
    else:
        own_unit(work, resource.unit)
