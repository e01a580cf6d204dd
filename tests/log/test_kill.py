# SPDX-License-Identifier: Apache-2.0
"""Killed under load, the application 60 times and PostgreSQL 25 times: nothing acknowledged is lost, nothing is there
by halves, and nothing is done twice when every command of unknown outcome is sent again under its id.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import monotonic, sleep
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.resources.events import ResourceRegistered
from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.history.verify import verify
from infrastructure.identity.sources import SetClock
from infrastructure.migrate import migrate
from infrastructure.settings import Settings
from tests.application.reservations.province import Province, _microscope, province
from tests.fixtures import NOON
from tests.log.application import Errands, Note, Site, notes_of, run
from tests.log.server import KILL, OwnServer, own_server
from tests.log.waiting import until
from tests.log.writers import PROCESSES

__all__ = ["province"]

SEED = 20260302
LIVES, OUTAGES = 60, 25
LONG_OUTAGE, LONG_OUTAGE_SECONDS = 12, 7.0
"""One outage lasts for longer than the pool goes on trying on its own."""
RESOURCES = 5
START_SECONDS = 60.0
pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[OwnServer]:
    with own_server(tmp_path / "server") as server:
        yield server


@pytest.fixture
def platform(server: OwnServer, tmp_path: Path) -> Iterator[Platform]:
    migrate(server.dsn(), "jiangsu", "jiangsu")
    with opened(server.dsn(), tmp_path) as platform:
        yield platform


def opened(dsn: str, data_dir: Path) -> AbstractContextManager[Platform]:
    return open_platform(Settings(database_url=dsn, data_dir=data_dir), dsn, clock=SetClock(NOON))


@pytest.fixture
def site(province: Province, server: OwnServer, tmp_path: Path) -> Site:
    return Site(
        dsn=server.dsn(),
        home=province.home.name,
        data_dir=tmp_path,
        unit=province.unit,
        resources=(province.resource, *(another(province, number) for number in range(2, RESOURCES + 1))),
        manager=province.manager,
        customer=province.customer,
        seed=SEED,
        notes=tmp_path / "notes",
        stop=tmp_path / "stop",
    )


def another(province: Province, number: int) -> UUID:
    resource = uuid4()
    registered, *others = _microscope(province)
    assert isinstance(registered, ResourceRegistered)
    province.seed(resource, registered.model_copy(update={"asset_number": f"A-{number}"}), *others)
    return resource


@contextmanager
def running(site: Site, life: int) -> Iterator[ForkServerProcess]:
    process = PROCESSES.Process(target=run, args=(site, life), daemon=True)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()
        process.close()


def acknowledged(site: Site) -> int:
    return site.notes.read_bytes().count(b'"acknowledged"') if site.notes.exists() else 0


def has_acknowledged(site: Site, count: int) -> bool:
    return acknowledged(site) >= count


def test_the_application_killed_sixty_times_under_load(platform: Platform, site: Site, tmp_path: Path) -> None:
    begun, chance, told = monotonic(), Random(SEED), Told()
    for life in range(LIVES):
        lived = replace(site, notes=tmp_path / f"notes of life {life}")
        with running(lived, life) as process:
            until(partial(has_acknowledged, lived, 10), "it is under load", limit=START_SECONDS)
            sleep(chance.uniform(0, 0.4))
            assert process.is_alive()
            process.kill()
            process.join()
            assert process.exitcode == -SIGKILL
        told.add(notes_of(lived.notes))
    retried = replace(site, notes=tmp_path / "notes of those who came after")
    errands = Errands(platform.jurisdictions[site.home], retried)
    for errand in sorted(told.unfinished):
        errands.do(errand)
    unfinished = len(told.unfinished)
    told.add(notes_of(retried.notes))
    print(  # noqa: T201 - the measured figures, shown with -s
        f"\napplication killed {LIVES} times in {monotonic() - begun:.0f} s: {told}; {unfinished} errands done again"
    )
    assert unfinished, "it was killed in the middle of something"
    prove(site, told)


def test_postgresql_killed_twenty_five_times_under_load(site: Site, server: OwnServer) -> None:
    begun, chance, told = monotonic(), Random(SEED), Told()
    with running(site, 0) as process:
        for outage in range(OUTAGES):
            before = acknowledged(site)
            until(partial(has_acknowledged, site, before + 20), "it is under load", limit=START_SECONDS)
            sleep(chance.uniform(0, 0.3))
            server.end(KILL)
            sleep(LONG_OUTAGE_SECONDS if outage == LONG_OUTAGE else 0)
            server.start()
        before = acknowledged(site)
        until(partial(has_acknowledged, site, before + 20), "it goes on", limit=START_SECONDS)
        site.stop.touch()
        process.join(START_SECONDS)
        assert process.exitcode == 0, "the same process outlived all of it"
    told.add(notes_of(site.notes))
    print(  # noqa: T201 - the measured figures, shown with -s
        f"\nPostgreSQL killed {OUTAGES} times in {monotonic() - begun:.0f} s: {told}; sent again until answered"
    )
    assert told.unknown, "it was killed in the middle of something"
    assert not told.unfinished
    prove(site, told)


@dataclass
class Told:
    """What the processes wrote down, all lives together."""

    answers: dict[UUID, set[tuple[str, int]]] = field(default_factory=lambda: defaultdict(set))
    """By command id: stream and position of each answer."""
    found_done: set[UUID] = field(default_factory=set)
    """Committed, but acknowledged only to those who sent it again."""
    refused: set[UUID] = field(default_factory=set)
    unknown: int = 0
    unfinished: set[int] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def add(self, notes: list[Note]) -> None:
        for note in notes:
            match note.what:
                case "begun":
                    self.unfinished.add(note.errand)
                case "ended":
                    self.unfinished.discard(note.errand)
                case "acknowledged":
                    command = UUID(note.command_id)
                    if note.repeated and command not in self.answers:
                        self.found_done.add(command)
                    self.answers[command].add((note.stream, note.position))
                case "refused":
                    self.refused.add(UUID(note.command_id))
                case "unknown":
                    self.unknown += 1
                case "broken":
                    self.broken.append(note.told)

    def __str__(self) -> str:
        return (
            f"{len(self.answers)} commands acknowledged, {len(self.refused)} refused, {self.unknown} answers unknown,"
            f" {len(self.found_done)} committed without an answer"
        )


def prove(site: Site, told: Told) -> None:
    assert not told.broken, "refusals and outages are all that may come"
    assert len(told.refused) < len(told.answers)
    with opened(site.dsn, site.data_dir) as platform:
        home = platform.jurisdictions[site.home]
        rows, events = stored(home)
        last: dict[UUID, int] = {}
        for command, _, position in events:
            last[command] = max(last.get(command, 0), position)
        answers = told.answers.items()
        lost = [command for command, given in answers if {rows.get(command)} != {position for _, position in given}]
        half = [command for command in rows.keys() | last.keys() if rows.get(command) != last.get(command)]
        doubled = [command for command, given in answers if len(given) > 1]
        doubled += [command for (command, _), times in Counter(event[:2] for event in events).items() if times > 1]
        projector = home.projector()
        until(projector.lead, "no other leads any more")
        projector.catch_up()
        projector.close()
        report = verify(platform)
    print(  # noqa: T201 - the measured figures, shown with -s
        f"{len(events)} events: {len(lost)} acknowledged lost, {len(half)} there by halves, {len(doubled)} done twice;"
        f" verify {'ok' if report.ok else 'FAILED'}"
    )
    assert (lost, half, doubled) == ([], [], [])
    assert report.ok, report.as_dict()


def stored(home: Jurisdiction) -> tuple[dict[UUID, int], list[tuple[UUID, str, int]]]:
    """The position of each command's row; each event's command, type and position."""
    with home.database.reading() as cursor:
        rows = dict(cursor.execute("SELECT command_id, position FROM commands").fetchall())
        events: Any = cursor.execute(
            "SELECT (convert_from(state, 'UTF8')::jsonb #>> '{m,command_id}')::uuid, type, position FROM events"
        ).fetchall()
    return rows, events
