# SPDX-License-Identifier: Apache-2.0
"""The demonstration's life, day after day, for as long as one likes and at any size.

What the demonstration looks up in the database, a simulation finds among the states in memory.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from application.reservations.expire_reservation import ExpireReservation
from application.vouchers.expire_voucher import ExpireVoucher
from domain.kernel.actor import SYSTEM, Actor, Role
from domain.kernel.time import local_date
from infrastructure.demonstration.equipping import Equipping
from infrastructure.demonstration.founding import Founding
from infrastructure.demonstration.funding import Funding
from infrastructure.demonstration.living import INTERNAL, Customer, Living
from infrastructure.demonstration.people import People
from infrastructure.demonstration.settling import Settling

if TYPE_CHECKING:
    from datetime import datetime

    from domain.billing.order import Order
    from domain.kernel.time import Span
    from infrastructure.demonstration.equipping import Instrument

SECOND = timedelta(seconds=1)
StateOf = Callable[[UUID], Any]
"""The state of an aggregate that is alive."""


@dataclass
class KnownPeople(People):
    """Remembers who was found for a part: the same few are asked for again and again."""

    _found: dict[tuple[str, str, str, int], Actor] = field(default_factory=dict)

    def first(self, kind: str, *, unit: str = "", legal_person: str = "", place: int = 0) -> Actor:
        """The person at a place among those of a kind. Raises IndexError where there is none."""
        key = (kind, unit, legal_person, place)
        if key not in self._found:
            self._found[key] = super().first(kind, unit=unit, legal_person=legal_person, place=place)
        return self._found[key]


class QuickFounding(Founding):
    """Registers a party each second, so that a large province is there before its instruments."""

    def _tick(self) -> datetime:
        self.now += SECOND
        return self.now


class QuickEquipping(Equipping):
    """Takes a step each second, so that all instruments are published before the first year begins."""

    def _tick(self) -> datetime:
        self.now += SECOND
        return self.now


@dataclass
class QuickSettling(Settling):
    """Settles as the demonstration does."""

    state_of: StateOf = field(kw_only=True)

    def _order(self, order: UUID, at: datetime) -> Order:  # noqa: ARG002 - nothing later is known
        found: Order = self.state_of(order)
        return found


@dataclass
class QuickFunding(Funding):
    """Grants and lets lapse as the demonstration does."""

    state_of: StateOf = field(kw_only=True)
    _usable: list[UUID] = field(default_factory=list)

    def _granted(self, grant: UUID, now: datetime) -> bool:
        granted = super()._granted(grant, now)
        if granted:
            self._usable.append(grant)
        return granted

    def _lapse(self, now: datetime) -> None:
        today = local_date(now)
        for grant in [grant for grant in self._usable if not self.state_of(grant).valid_on(today)]:
            self._usable.remove(grant)
            self.vouchers.pop(self.state_of(grant).beneficiary, None)
            self.issuer.attempt(ExpireVoucher(grant_id=grant), SYSTEM, now)


@dataclass
class DailyLiving(Living):
    """Plans one day at a time, so that only the requests of the next days wait in memory."""

    state_of: StateOf = field(kw_only=True)

    def day(self, instrument: Instrument, day: date, busy: float) -> None:
        """Ask for spans on one day until the share of its opening hours is reached."""
        for window in instrument.windows:
            if window.weekday == day.isoweekday():
                self._day_in_detail(instrument, day, window, busy)

    def expire(self, holders: list[UUID], now: datetime) -> None:
        """Let go of requests that nobody answered before they began, as the schedule does in a running system."""
        for holder in holders:
            self.issuer.attempt(ExpireReservation(reservation_id=holder), SYSTEM, now)

    def _customer(self, instrument: Instrument) -> Customer:
        """Drawn until it is somebody else's: with many customers cheaper than listing those who may be."""
        if self.chance.random() < INTERNAL:
            return Customer(instrument.manager.model_copy(update={"role": Role.USER}), "scientific_research")
        customer = self.chance.choice(self.customers)
        while customer.actor.organisation == instrument.manager.organisation:
            customer = self.chance.choice(self.customers)
        return customer

    def _request(self, instrument: Instrument, customer: Customer, span: Span, now: datetime) -> None:
        owner = customer.actor.organisation or customer.actor.user
        grant = self.vouchers.get(owner)
        if grant is not None:
            state = self.state_of(grant)
            if not state.left_fen or not state.valid_on(local_date(span.end)):
                del self.vouchers[owner]
        super()._request(instrument, customer, span, now)
