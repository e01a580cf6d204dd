# SPDX-License-Identifier: Apache-2.0
"""How instruments are used in the demonstration: who asks for which span, and what becomes of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from application.reservations.cancel_reservation import CancelReservation
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.rate_usage import RateUsage
from application.reservations.record_no_show import RecordNoShow
from application.reservations.request_reservation import RequestReservation
from application.reservations.start_usage import StartUsage
from domain.kernel.actor import Actor, Role
from domain.kernel.time import Span, midnight

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.resources.values import OpeningWindow
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.contracting import Contracting
    from infrastructure.demonstration.equipping import Instrument
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.settling import Settling

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
SKIPPED = 0.75
INTERNAL, CANCELLED, NO_SHOW, RATED = 0.45, 0.05, 0.02, 0.6
LATE_BY = timedelta(minutes=46)
RATINGS = (Decimal("5.0"), Decimal("4.5"), Decimal("4.0"), Decimal("3.0"))


@dataclass(frozen=True)
class Customer:
    """Somebody who uses instruments of others, with the purpose they have."""

    actor: Actor
    purpose: str


@dataclass
class Living:
    """Fills calendars. `busy` is the share of opening hours that people ask for in a month lived in detail."""

    issuer: Issuer
    agenda: Agenda
    contracting: Contracting
    settling: Settling
    customers: list[Customer]
    clerks: dict[UUID, Actor]
    vouchers: dict[UUID, UUID] = field(default_factory=dict)
    """The usable voucher of each beneficiary."""
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - repeatable on purpose

    def month_in_outline(self, instrument: Instrument, first: date) -> None:
        """One use on some open day, in about every fourth month."""
        if self.chance.random() < SKIPPED:
            return
        days = [day for day in _days(first) if _windows(instrument, day)]
        if days:
            day = self.chance.choice(days[3:] or days)
            window = self.chance.choice(_windows(instrument, day))
            self._plan(instrument, day, window, window.start_minute)

    def month_in_detail(self, instrument: Instrument, first: date, busy: float) -> None:
        """Spans asked for on every open day, one behind the other, until the share is reached."""
        for day in _days(first):
            for window in _windows(instrument, day):
                self._day_in_detail(instrument, day, window, busy)

    def _day_in_detail(self, instrument: Instrument, day: date, window: OpeningWindow, busy: float) -> None:
        terms = instrument.terms
        start = window.start_minute
        while start + terms.min_minutes <= window.end_minute:
            if self.chance.random() < busy:
                start = self._plan(instrument, day, window, start)
            else:
                start += terms.min_minutes

    def _plan(self, instrument: Instrument, day: date, window: OpeningWindow, start: int) -> int:
        """Put a request for a span that begins at minute `start` on the agenda; return where the next may begin."""
        terms = instrument.terms
        longest = min(terms.max_minutes, window.end_minute - start)
        half = terms.min_minutes + (longest - terms.min_minutes) // terms.slot_minutes // 2 * terms.slot_minutes
        minutes = self.chance.randrange(half, longest + 1, terms.slot_minutes)
        begin = midnight(day) + timedelta(minutes=start)
        span = Span(start=begin, end=begin + timedelta(minutes=minutes))
        customer = self._customer(instrument)
        asked = begin - 4 * DAY - self.chance.randrange(1, 72) * HOUR
        self.agenda.at(asked, lambda now: self._request(instrument, customer, span, now))
        pause = terms.setup_minutes + terms.cleanup_minutes
        return start + minutes + -(-pause // terms.slot_minutes) * terms.slot_minutes

    def _customer(self, instrument: Instrument) -> Customer:
        if self.chance.random() < INTERNAL:
            own = instrument.manager.model_copy(update={"role": Role.USER})
            return Customer(own, "scientific_research")
        return self.chance.choice(
            [one for one in self.customers if one.actor.organisation != instrument.manager.organisation]
        )

    def _request(self, instrument: Instrument, customer: Customer, span: Span, now: datetime) -> None:
        actor = customer.actor
        external = actor.organisation != instrument.manager.organisation
        grant = self.vouchers.get(actor.organisation or actor.user) if external else None
        contract = self.contracting.contract_for(instrument, actor, now) if external else None
        command = RequestReservation(
            resource_id=instrument.id,
            span=span,
            purpose=customer.purpose,
            samples=self.chance.randrange(1, 6),
            contract_id=contract,
            voucher_grant_id=grant,
        )
        asked = self.issuer.attempt(command, actor, now)
        if asked is None and grant is not None:
            # The voucher may have lapsed or be used up by now: the customer asks again and pays in full.
            asked, grant = self.issuer.attempt(command.model_copy(update={"voucher_grant_id": None}), actor, now), None
        if asked is None:
            return
        if asked.data["state"] == "requested":
            confirm = ConfirmReservation(reservation_id=asked.id)
            staff = self._confirming(instrument, customer)
            self.agenda.at(now + 3 * HOUR, lambda at: self.issuer.attempt(confirm, staff, at))
        self._what_becomes(instrument, customer, asked.id, span, grant)

    def _confirming(self, instrument: Instrument, customer: Customer) -> Actor:
        """Nobody confirms a request of their own: a colleague in the unit does it for the manager."""
        manager = instrument.manager
        if customer.actor.user != manager.user or manager.unit is None:
            return manager
        return manager.model_copy(update={"user": self.clerks[manager.unit].user})

    def _what_becomes(
        self, instrument: Instrument, customer: Customer, reservation: UUID, span: Span, grant: UUID | None
    ) -> None:
        fate = self.chance.random()
        if fate < CANCELLED:
            cancel = CancelReservation(reservation_id=reservation, reason="样品未按时制备完成")
            self.agenda.at(span.start - 3 * DAY, lambda at: self.issuer.attempt(cancel, customer.actor, at))
        elif fate < CANCELLED + NO_SHOW:
            absent = RecordNoShow(reservation_id=reservation)
            self.agenda.at(span.start + LATE_BY, lambda at: self.issuer.attempt(absent, instrument.manager, at))
        else:
            begin = StartUsage(reservation_id=reservation)
            self.agenda.at(span.start, lambda at: self.issuer.attempt(begin, instrument.manager, at))
            self.agenda.at(span.end, lambda at: self._complete(instrument, customer, reservation, grant, at))

    def _complete(
        self, instrument: Instrument, customer: Customer, reservation: UUID, grant: UUID | None, at: datetime
    ) -> None:
        complete = CompleteUsage(
            reservation_id=reservation, samples=self.chance.randrange(1, 6), persons=self.chance.randrange(1, 4)
        )
        done = self.issuer.attempt(complete, instrument.manager, at)
        if done is None:
            return
        if self.chance.random() < RATED:
            rate = RateUsage(reservation_id=reservation, score=self.chance.choice(RATINGS))
            self.agenda.at(at + HOUR, lambda now: self.issuer.attempt(rate, customer.actor, now))
        if order := done.data["order_id"]:
            unit = instrument.manager.unit
            assert unit is not None
            self.settling.follow(UUID(str(order)), grant, customer.actor, self.clerks[unit], at)


def _days(first: date) -> Iterator[date]:
    day = first
    while day.month == first.month:
        yield day
        day += DAY


def _windows(instrument: Instrument, day: date) -> list[OpeningWindow]:
    return [window for window in instrument.windows if window.weekday == day.isoweekday()]
