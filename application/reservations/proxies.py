# SPDX-License-Identifier: Apache-2.0
"""Who books, moves and cancels for a user: the user, and proxies for as long as they are appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import NotPermitted
from domain.kernel.actor import Role
from domain.parties.proxy import PROXIES, proxies_id, stands_for
from domain.parties.user import USER

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.reservations.reservation import Reservation

OBJECTING = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION})
"""Those who administer what their own legal person's users reserve."""


def require_self_or_proxy(work: Work, user: UUID, unit: UUID, resource: UUID) -> None:
    """Refuse who is neither the user nor acts for them on this instrument today. Raises `NotPermitted`."""
    if not is_self_or_proxy(work, user, unit, resource):
        raise NotPermitted(reason="proxy", user=str(user))


def require_objector(work: Work, reservation: Reservation) -> None:
    """Refuse an objection by anybody but the user, their proxy, or the staff of the user's own legal person.

    Colleagues have no part in how somebody's use was judged. Raises `NotPermitted`.
    """
    actor, customer = work.actor, reservation.customer
    organisation = actor.role in OBJECTING and customer is not None and actor.organisation == customer
    if not organisation and not is_self_or_proxy(work, reservation.user, reservation.unit, reservation.resource):
        raise NotPermitted(reason="objection", user=str(reservation.user))


def is_self_or_proxy(work: Work, user: UUID, unit: UUID, resource: UUID) -> bool:
    """Whether the actor is the user, or a proxy who still works where the user does."""
    actor = work.actor
    if actor.user == user:
        return True
    found, person = work.find(PROXIES, proxies_id(user)), work.find(USER, user)
    if found is None or person is None or not found.state.acts(actor.user, unit, resource, work.now):
        return False
    return stands_for(actor.organisation, person.state)
