# SPDX-License-Identifier: Apache-2.0
"""One simulated history: a province founded, equipped, and lived through day by day on an agenda.

Memory holds what is alive: states, claims, the plans of the next days.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.kernel.time import midnight
from infrastructure.demonstration.agenda import Agenda
from infrastructure.demonstration.contracting import Contracting
from infrastructure.demonstration.founding import FOUNDED
from infrastructure.demonstration.issuing import Issuer
from infrastructure.demonstration.living import Customer
from infrastructure.event_store.mapper import EventMapper
from infrastructure.simulation.claims import MemoryClaims
from infrastructure.simulation.deciding import decide
from infrastructure.simulation.log import BulkLog
from infrastructure.simulation.province import CUSTOMER_KINDS, province
from infrastructure.simulation.routine import (
    DailyLiving,
    KnownPeople,
    QuickEquipping,
    QuickFounding,
    QuickFunding,
    QuickSettling,
)
from infrastructure.simulation.states import LiveStates

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from infrastructure.bootstrap import Jurisdiction
    from infrastructure.demonstration.catalogue import Catalogue

FIRST_DAY = date(2024, 1, 1)
AHEAD = timedelta(days=8)
"""A day is planned when the earliest requests for it may come."""
LEAST_BUSY, MOST_BUSY = 0.1, 0.35


@dataclass(frozen=True)
class Extent:
    """How much is simulated. Where `most_events` is given, the day on which there are so many is the last."""

    units: int
    instruments: int
    days: int
    seed: int = 1
    most_events: int | None = None


class History:
    """Everything that happens, in the order of its time."""

    def __init__(self, jurisdiction: Jurisdiction, extent: Extent) -> None:
        self._extent = extent
        self._regime = jurisdiction.regime
        self.claims, self.states = MemoryClaims(jurisdiction.claims), LiveStates()
        self.log = BulkLog(jurisdiction.recorder, EventMapper(jurisdiction.log.mapper.keyring), self.claims)
        bus = replace(jurisdiction.bus, log=self.log, claims=self.claims, snapshots=self.states)
        self.issuer = Issuer(replace(jurisdiction, log=self.log, bus=bus), extent.seed)
        self._agenda = Agenda(FOUNDED)
        self._chance = random.Random(extent.seed)  # noqa: S311 - repeatable on purpose
        self._last_day = FIRST_DAY + timedelta(days=extent.days)

    def begin(self) -> None:
        """Found the province, publish its instruments, plan its vouchers."""
        extent, issuer, people = self._extent, self.issuer, KnownPeople()
        years = range(FIRST_DAY.year, self._last_day.year + 1)
        catalogue = province(self._regime.name, units=extent.units, instruments=extent.instruments, years=years)
        founding = QuickFounding(catalogue, issuer, people)
        founding.found()
        standard = decide(issuer, founding.now)
        equipping = QuickEquipping(catalogue, issuer, people, catalogue.houses["instrument_type"], lambda: standard)
        equipping.equip(self._agenda)
        funding = QuickFunding(catalogue, issuer, people, self._agenda, lambda: None, state_of=self.state_of)
        funding.plan()
        self._instruments = equipping.instruments
        settling = QuickSettling(
            issuer=issuer,
            agenda=self._agenda,
            non_tax_payees=self._non_tax_payees(catalogue, people),
            unfinished=lambda: False,
            settled=funding.claim,
            state_of=self.state_of,
        )
        self._busy: dict[UUID, float] = {}
        self._living = DailyLiving(
            issuer=issuer,
            agenda=self._agenda,
            contracting=Contracting(issuer, self._instruments),
            settling=settling,
            customers=self._customers(people),
            clerks={unit: people.first("finance_clerk", unit=code) for code, unit in people.units.items()},
            vouchers=funding.vouchers,
            chance=self._chance,
            state_of=self.state_of,
        )

    def live(self, progress: Callable[[int, int], None]) -> None:
        """Day by day to the end."""
        day = FOUNDED.date()
        while day < self._last_day and not self._enough():
            day += timedelta(days=1)
            self._plan(day + AHEAD)
            self._agenda.run_until(midnight(day))
            progress(max(0, (day - FIRST_DAY).days), self._extent.days)
        self.log.flush()

    def _customers(self, people: KnownPeople) -> list[Customer]:
        purposes = self._regime.on(FIRST_DAY).value("scope.service_purposes")
        return [
            Customer(people.actor(code), self._chance.choice(purposes))
            for code, row in people.rows.items()
            if row["kind"] in CUSTOMER_KINDS
        ]

    def _non_tax_payees(self, catalogue: Catalogue, people: KnownPeople) -> frozenset[UUID]:
        if not self._regime.on(FIRST_DAY).optional("income.class_departmental_budget_unit"):
            return frozenset()
        budgeted = (row for row in catalogue.legal_persons if row["budget_status"] == "departmental_budget")
        return frozenset(people.legal_persons[row["code"]] for row in budgeted)

    def state_of(self, stream: UUID) -> Any:  # noqa: ANN401 - the state of whatever aggregate it is
        """The state of an aggregate that is alive, or has ended of late."""
        return self.states[stream]

    def _enough(self) -> bool:
        most = self._extent.most_events
        return most is not None and self.log.count >= most

    def _plan(self, day: date) -> None:
        if day < FIRST_DAY:
            return
        for instrument in self._instruments:
            busy = self._busy.setdefault(instrument.id, self._chance.uniform(LEAST_BUSY, MOST_BUSY))
            self._living.day(instrument, day, busy)
