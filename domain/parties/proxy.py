# SPDX-License-Identifier: Apache-2.0
"""Personal proxies: who may book, move and cancel for somebody else, until when, and where.

A proxy never pays and never uses a voucher that the user could not use: every rule is judged for the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID, uuid5

from domain.kernel.errors import Rules, refusal
from domain.kernel.event import Aggregate, Event
from domain.kernel.time import Instant

if TYPE_CHECKING:
    from datetime import datetime

    from domain.parties.user import User


class ProxyAppointed(Event):
    """`proxy` acts for `user` until a moment; where neither unit nor instrument is named, everywhere."""

    TYPE: ClassVar[str] = "parties.ProxyAppointed"

    user: UUID
    proxy: UUID
    until: Instant
    unit: UUID | None = None
    resource: UUID | None = None


class ProxyDismissed(Event):
    """`proxy` no longer acts for the user, nowhere; what was booked stays."""

    TYPE: ClassVar[str] = "parties.ProxyDismissed"

    user: UUID
    proxy: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class Appointment:
    """One proxy, until a moment, for a unit, an instrument, or everywhere."""

    proxy: UUID
    until: datetime
    unit: UUID | None
    resource: UUID | None

    def covers(self, unit: UUID, resource: UUID, now: datetime) -> bool:
        """Whether it holds at `now` for an instrument of the unit; the last moment does not belong to it."""
        if self.resource is not None:
            return now < self.until and self.resource == resource
        return now < self.until and self.unit in (None, unit)


@dataclass(frozen=True, slots=True)
class Proxies:
    """Whom a user has appointed."""

    user: UUID
    appointments: tuple[Appointment, ...] = ()

    def acts(self, proxy: UUID, unit: UUID, resource: UUID, now: datetime) -> bool:
        """Whether somebody may act for the user on an instrument."""
        return any(each.proxy == proxy and each.covers(unit, resource, now) for each in self.appointments)


def proxies_id(user: UUID) -> UUID:
    """The stream of a user's proxies."""
    return uuid5(user, "proxies")


def evolve(state: Proxies | None, event: ProxyAppointed | ProxyDismissed) -> Proxies:
    """The user's proxies after an event; a new appointment for the same place stands for the old one."""
    kept = state.appointments if state else ()
    if isinstance(event, ProxyDismissed):
        return Proxies(event.user, tuple(each for each in kept if each.proxy != event.proxy))
    new = Appointment(event.proxy, event.until, event.unit, event.resource)
    place = (new.proxy, new.unit, new.resource)
    others = tuple(each for each in kept if (each.proxy, each.unit, each.resource) != place)
    return Proxies(event.user, (*others, new))


PROXIES = Aggregate("parties.Proxies", evolve, (ProxyAppointed, ProxyDismissed))


def appoint(appointment: ProxyAppointed, *, user: User, proxy: User, now: datetime) -> list[Event]:
    """Let somebody of the same organisation act for the user; an individual may choose anybody.

    Raises `parties.own_proxy`, `parties.proxy_not_active`, `parties.proxy_of_another`, `parties.proxy_ends_in_past`,
    `parties.proxy_place`.
    """
    rules = Rules()
    rules.require(appointment.proxy != appointment.user, "parties.own_proxy", field="proxy")
    rules.require(proxy.active, "parties.proxy_not_active", field="proxy")
    rules.require(stands_for(proxy.legal_person, user), "parties.proxy_of_another", field="proxy")
    rules.require(appointment.until > now, "parties.proxy_ends_in_past", field="until")
    rules.require(appointment.unit is None or appointment.resource is None, "parties.proxy_place", field="resource")
    rules.enforce()
    return [appointment]


def dismiss(state: Proxies | None, user: UUID, proxy: UUID, *, reason: str) -> list[Event]:
    """End every appointment of a proxy. Raises `parties.no_such_proxy`."""
    if state is None or all(each.proxy != proxy for each in state.appointments):
        raise refusal("parties.no_such_proxy", field="proxy")
    return [ProxyDismissed(user=user, proxy=proxy, reason=reason)]


def stands_for(organisation: UUID | None, user: User) -> bool:
    """Whether somebody of an organisation may act for the user at all."""
    return user.legal_person in (None, organisation)
