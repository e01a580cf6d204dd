# SPDX-License-Identifier: Apache-2.0
"""Whose inbox an actor speaks for, and where a person was reached when they registered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from application.errors import NotPermitted
from application.guards import own_unit
from domain.kernel.actor import Role
from domain.kernel.event import Aggregate
from domain.notices.addressee import Addressee
from domain.parties.events import UserRegistered
from domain.parties.user import USER

if TYPE_CHECKING:
    from uuid import UUID

    from application.work import Work
    from domain.kernel.event import Event
    from domain.kernel.personal import Personal
    from domain.notices.events import Way

EVERYBODY = frozenset(Role)
STAFF = frozenset({Role.MANAGING_UNIT, Role.PROFESSIONAL_INSTITUTION, Role.SYSTEM})
"""Those who speak for a managing unit."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Mail address and telephone number of a person as they registered."""

    email: Personal | None = None
    phone: Personal | None = None

    @property
    def ways(self) -> dict[Way, Personal]:
        """The ways by which they can be reached, with the address."""
        found: dict[Way, Personal | None] = {"email": self.email, "message": self.phone}
        return {way: address for way, address in found.items() if address is not None}


def _evolve(state: Registered | None, event: Event) -> Registered:
    return Registered(event.email, event.phone) if isinstance(event, UserRegistered) else state or Registered()


CONTACT = Aggregate("parties.Contact", _evolve, USER.events)
"""A user's stream, read for nothing but where they are reached."""


def own_inbox(work: Work, owner: UUID | None) -> Addressee:
    """The actor's own inbox, also where no owner is named, or that of their unit. Raises `NotPermitted`."""
    if owner in (None, work.actor.user):
        return Addressee(kind="person", id=work.actor.user)
    assert owner is not None
    if work.actor.role not in STAFF:
        raise NotPermitted(reason="person", user=str(owner))
    own_unit(work, owner)
    return Addressee(kind="unit", id=owner)


def registered_ways(work: Work, addressee: Addressee) -> dict[Way, Personal]:
    """Where the owner was reached at registration; a unit has no such address."""
    found = work.find(CONTACT, addressee.id) if addressee.kind == "person" else None
    return found.state.ways if found else {}
