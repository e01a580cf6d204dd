# SPDX-License-Identifier: Apache-2.0
"""An application process that does errands through the bus, with a worker beside it, until it is stopped or killed.

Each errand is told by its number alone, so that whoever comes after a kill can do it again under the same command ids.
What was acknowledged is written down, on the disk, before the next step.
"""

import json
import logging
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Thread
from typing import Literal, NamedTuple
from uuid import UUID, uuid5

from application.bus import Request
from application.command import Command, Result
from application.contracts.draft_contract import DraftContract
from application.errors import ApplicationError, Unavailable
from application.reservations.cancel_reservation import CancelReservation
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from infrastructure.bootstrap import Jurisdiction, open_platform
from infrastructure.identity.sources import SetClock
from infrastructure.settings import Settings
from infrastructure.worker import Worker
from tests.application.reservations.province import at
from tests.domain.contracts.samples import SIX, TERMS
from tests.fixtures import NOON

THREADS = 4
ERRANDS_OF_A_LIFE = 100_000
"""The numbers that one life of the process may use; the next one begins behind them."""
DAYS, SLOTS_OF_A_DAY = 25, 20
HALF_HOUR = timedelta(minutes=30)
NAMESPACE = UUID("6f2d8c1e-0000-5000-8000-000000000000")
What = Literal["begun", "acknowledged", "refused", "unknown", "ended", "broken"]


@dataclass(frozen=True)
class Site:
    """What a process needs to know to do errands, and where it takes notes."""

    dsn: str
    home: str
    data_dir: Path
    unit: UUID
    resources: tuple[UUID, ...]
    manager: Actor
    customer: Actor
    seed: int
    notes: Path
    stop: Path


class Note(NamedTuple):
    """A line of the notes. `stream` and `position` are the answer's, where there was one."""

    what: What
    errand: int
    command_id: str = ""
    stream: str = ""
    position: int = 0
    repeated: bool = False
    told: str = ""


@dataclass
class Errands:
    """Does errands on one jurisdiction and takes notes."""

    home: Jurisdiction
    site: Site

    def do(self, errand: int) -> None:
        """Ask for a reservation and confirm or cancel it, or leave it; or draft a contract, which takes a number."""
        self.note(Note("begun", errand))
        chance = Random(f"{self.site.seed} {errand}")
        if chance.random() < 0.1:
            self._step(errand, "draft", self._contract(), self.site.manager)
        else:
            asked = self._step(errand, "ask", self._wish(chance), self.site.customer)
            follow_up = chance.choice(("confirm", "cancel", "cancel", None))
            if asked is not None and follow_up == "confirm":
                self._step(errand, "confirm", ConfirmReservation(reservation_id=asked.id), self.site.manager)
            if asked is not None and follow_up == "cancel":
                command = CancelReservation(reservation_id=asked.id, reason="样品运输延误")
                self._step(errand, "cancel", command, self.site.customer)
        self.note(Note("ended", errand))

    def note(self, note: Note) -> None:
        """One line in one write; answers are on the disk before anything else happens."""
        file = os.open(self.site.notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, json.dumps(note).encode() + b"\n")
            if note.what == "acknowledged":
                os.fsync(file)
        finally:
            os.close(file)

    def _step(self, errand: int, step: str, command: Command, actor: Actor) -> Result | None:
        key = uuid5(NAMESPACE, f"{self.site.seed} {errand} {step}")
        request = Request(command, actor, key, key, occurred_at=NOON)
        while True:
            try:
                result = self.home.bus.execute(request)
            except Unavailable:
                self.note(Note("unknown", errand, str(key)))
                time.sleep(0.02)
            except (DomainError, ApplicationError) as refused:
                self.note(Note("refused", errand, str(key), told=str(refused)))
                return None
            else:
                answer = (str(result.id), result.position or 0, result.repeated)
                self.note(Note("acknowledged", errand, str(key), *answer))
                return result

    def _wish(self, chance: Random) -> RequestReservation:
        place = chance.randrange(DAYS * SLOTS_OF_A_DAY)
        start = at(8, day=4 + place // SLOTS_OF_A_DAY) + place % SLOTS_OF_A_DAY * HALF_HOUR
        return RequestReservation(
            resource_id=chance.choice(self.site.resources),
            span=Span(start=start, end=start + HALF_HOUR),
            purpose="scientific_research",
        )

    def _contract(self) -> DraftContract:
        terms = TERMS.model_copy(update={"resources": self.site.resources[:1]})
        facts = {"unit_id": self.site.unit, "customer_user_id": self.site.customer.user}
        return DraftContract.model_validate({**facts, "terms": terms, "clauses": SIX})


def run(site: Site, life: int) -> None:
    """What a process does: errands in several threads, a worker, until the file `stop` appears."""
    logging.disable(logging.CRITICAL)  # outages are what this is about, and whatever breaks is noted
    with ExitStack() as stack:
        settings = Settings(database_url=site.dsn, data_dir=site.data_dir)
        platform = stack.enter_context(open_platform(settings, site.dsn, clock=SetClock(NOON), only=site.home))
        worker = Worker(platform)
        worker.start()
        stack.callback(worker.stop)
        errands = Errands(platform.jurisdictions[site.home], site)
        threads = [Thread(target=_do_every_fourth, args=(errands, life, number)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _do_every_fourth(errands: Errands, life: int, first: int) -> None:
    errand = life * ERRANDS_OF_A_LIFE + first
    while not errands.site.stop.exists():
        try:
            errands.do(errand)
        except Exception as error:  # noqa: BLE001 - nothing else than refusals and outages may come
            errands.note(Note("broken", errand, told=repr(error)))
        errand += THREADS


def notes_of(path: Path) -> list[Note]:
    if not path.exists():
        return []
    return [Note(*json.loads(line)) for line in path.read_text().splitlines()]
