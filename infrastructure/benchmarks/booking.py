# SPDX-License-Identifier: Apache-2.0
"""Reservations through the bus, one free slot after another: no two ask for the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING
from uuid import uuid4

from application.bus import Request
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor, Role
from domain.kernel.time import Span
from infrastructure.benchmarks.fixture import SLOT_MINUTES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from infrastructure.benchmarks.fixture import Fixture
    from infrastructure.bootstrap import Jurisdiction

SLOT = timedelta(minutes=SLOT_MINUTES)


class Booking:
    """Books slots from tomorrow on, on instruments that nobody else books; may be called by several threads."""

    def __init__(self, jurisdiction: Jurisdiction, fixture: Fixture, instruments: Sequence[UUID]) -> None:
        self._bus = jurisdiction.bus
        self._actor = Actor(user=fixture.user, role=Role.USER, organisation=fixture.customer)
        self._purpose = fixture.purpose
        self._instruments = instruments
        self._numbers = count()
        self._first = (datetime.now(UTC) + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)

    def __call__(self) -> int:
        """One confirmed reservation; return its position in the log."""
        number = next(self._numbers)
        start = self._first + SLOT * (number // len(self._instruments))
        command = RequestReservation(
            resource_id=self._instruments[number % len(self._instruments)],
            span=Span(start=start, end=start + SLOT),
            purpose=self._purpose,
            samples=1,
        )
        return self._bus.execute(Request(command, self._actor, uuid4(), uuid4())).position
