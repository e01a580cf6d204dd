# SPDX-License-Identifier: Apache-2.0
"""Everything that happens in one jurisdiction of the demonstration, day by day."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from domain.kernel.time import midnight
from domain.resources.ledger.ledger import ASSET_LEDGER, ledger_of
from infrastructure.demonstration.agenda import Agenda
from infrastructure.demonstration.catalogue import data_file, load_catalogue
from infrastructure.demonstration.contracting import Contracting
from infrastructure.demonstration.equipping import LISTED_AFTER, Equipping, Instrument
from infrastructure.demonstration.founding import FOUNDED, Founding
from infrastructure.demonstration.funding import Funding
from infrastructure.demonstration.gathering import STANDARD, Gathering
from infrastructure.demonstration.living import Customer, Living
from infrastructure.demonstration.people import People
from infrastructure.demonstration.periods import AFTERMATH, IN_DETAIL, OUTLINE, PLANNED_AHEAD
from infrastructure.demonstration.settling import Settling
from infrastructure.demonstration.telling import Telling
from infrastructure.importing.ledger.run import import_ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from uuid import UUID

    from domain.kernel.actor import Actor
    from infrastructure.bootstrap import Platform
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.identity.sources import SetClock

UNFINISHED = 0.04
BUSY = 0.26
CUSTOMER_KINDS = ("sme_contact", "user", "individual")


class Life:
    """Founded once, then lived on one agenda: every day is what stands on it, and read models keep up."""

    def __init__(self, platform: Platform, issuer: Issuer, clock: SetClock, seed: int) -> None:
        name = issuer.jurisdiction.name
        self.platform = platform
        self.clock = clock
        self.catalogue = load_catalogue(name)
        self.issuer = issuer
        self.people = People()
        self.agenda = Agenda(FOUNDED)
        self.projector = issuer.jurisdiction.projector()
        self.chance = random.Random(f"{name}/{seed}")  # noqa: S311 - repeatable on purpose
        self.instruments: list[Instrument] = []
        self.planned: set[date] = set()

    def begin(self) -> None:
        """Found the province and put everything foreseeable on the agenda."""
        self.projector.lead()
        Founding(self.catalogue, self.issuer, self.people).found()
        kind = self.catalogue.houses["instrument_type"]
        equipping = Equipping(self.catalogue, self.issuer, self.people, kind, self._standard)
        self.instruments = equipping.instruments
        equipping.equip(self.agenda)
        self.funding = Funding(self.catalogue, self.issuer, self.people, self.agenda, self.projector.catch_up)
        self.funding.plan()
        self.living = self._living()
        self._tell()
        for month in [*OUTLINE, IN_DETAIL]:
            self.agenda.at(midnight(month) - PLANNED_AHEAD, lambda _, month=month: self._plan(month))  # type: ignore[misc]

    def live(self, progress: Callable[[int, int], None]) -> None:
        """Day by day to the end; read models keep up."""
        day, whole = FOUNDED.date(), (AFTERMATH - FOUNDED.date()).days
        for lived in range(whole):
            day += timedelta(days=1)
            self.agenda.run_until(midnight(day))
            progress(lived + 1, whole)
        self.projector.catch_up()

    def close(self) -> None:
        """Let somebody else lead the projection."""
        self.projector.close()

    def _tell(self) -> None:
        """Put on the agenda what the files tell step by step: resources nobody reserves, ledgers, stories."""
        self.telling = Telling(self.issuer, self.people, self.agenda, self.projector.catch_up, self._resource)
        self.gathering = Gathering(self.catalogue, self.issuer, self.people, self.agenda, self.telling.read)
        self.gathering.plan()
        for row in self.catalogue.ledgers:
            self.agenda.at(midnight(row["on"]), lambda now, row=row: self._import(row, now))  # type: ignore[misc]
        self.telling.plan(self.catalogue.steps)

    def _import(self, row: dict[str, Any], now: datetime) -> None:
        """Hand in a unit's ledger as `tongchou import ledger` does; where one as late was handed in, it stands."""
        recorded = self.issuer.jurisdiction.log.stream(ledger_of(self.people.units[row["unit"]]))
        former = ASSET_LEDGER.fold(item.event for item in recorded)
        if former and former.as_of >= row["as_of"]:
            return
        self.clock.now = now
        with data_file(self.catalogue.jurisdiction, row["file"]) as path:
            import_ledger(self.platform, path, unit_code=row["unit"], as_of=row["as_of"])

    def _standard(self) -> UUID:
        """The data standard that the story has put in force before the first resource is handed in."""
        standard: UUID = self.telling.read(STANDARD)
        return standard

    def _resource(self, asset_number: str) -> UUID:
        equipped = {instrument.row["asset_no"]: instrument.id for instrument in self.instruments}
        return (equipped | self.gathering.resources)[asset_number]

    def _living(self) -> Living:
        settling = Settling(self.issuer, self.agenda, self._non_tax_payees(), self._unfinished, self.funding.claim)
        return Living(
            self.issuer,
            self.agenda,
            Contracting(self.issuer, self.instruments),
            settling,
            [self._customer(code) for code, row in self.people.rows.items() if row["kind"] in CUSTOMER_KINDS],
            self._clerks(),
            self.funding.vouchers,
            self.chance,
        )

    def _unfinished(self) -> bool:
        """The closed years are closed; of the month in detail some orders wait for somebody to go on."""
        return self.agenda.now >= midnight(IN_DETAIL) and self.chance.random() < UNFINISHED

    def _non_tax_payees(self) -> frozenset[UUID]:
        if not self.issuer.jurisdiction.edition(IN_DETAIL).optional("income.class_departmental_budget_unit"):
            return frozenset()
        return frozenset(
            self.people.legal_persons[row["code"]]
            for row in self.catalogue.legal_persons
            if row["budget_status"] == "departmental_budget"
        )

    def _customer(self, code: str) -> Customer:
        purposes = self.issuer.jurisdiction.edition(IN_DETAIL).value("scope.service_purposes")
        return Customer(self.people.actor(code), self.chance.choice(purposes))

    def _clerks(self) -> dict[UUID, Actor]:
        return {unit: self.people.first("finance_clerk", unit=code) for code, unit in self.people.units.items()}

    def _plan(self, month: date) -> None:
        """Ask for time on the instruments that are open by then."""
        for instrument in self.instruments:
            if date.fromisoformat(instrument.row["accepted_on"]) + LISTED_AFTER < month:
                if month == IN_DETAIL:
                    self.living.month_in_detail(instrument, month, BUSY * self.chance.uniform(0.4, 1.2))
                else:
                    self.living.month_in_outline(instrument, month)
