# SPDX-License-Identifier: Apache-2.0
"""Who books, moves and cancels for a user: the user, and proxies for as long as they are appointed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from application.errors import NotPermitted
from domain.parties.proxy import PROXIES, proxies_id, stands_for
from domain.parties.user import USER

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work


def require_self_or_proxy(work: Work, user: UUID, unit: UUID, resource: UUID) -> None:
    """Refuse who is neither the user nor acts for them on this instrument today. Raises `NotPermitted`."""
    if not is_self_or_proxy(work, user, unit, resource):
        raise NotPermitted(reason="proxy", user=str(user))


def is_self_or_proxy(work: Work, user: UUID, unit: UUID, resource: UUID) -> bool:
    """Whether the actor is the user, or a proxy who still works where the user does."""
    actor = work.actor
    if actor.user == user:
        return True
    found, person = work.find(PROXIES, proxies_id(user)), work.find(USER, user)
    if found is None or person is None or not found.state.acts(actor.user, unit, resource, work.now):
        return False
    return stands_for(actor.organisation, person.state)
