# SPDX-License-Identifier: Apache-2.0
"""The database goes away under an open platform and comes back: a clear answer at once, and nothing done twice."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from application.bus import Request
from application.command import Result
from application.errors import Unavailable
from application.reservations.request_reservation import RequestReservation
from domain.kernel.actor import Actor
from domain.kernel.time import Span
from infrastructure.bootstrap import Platform, open_platform
from infrastructure.database.embedded import EmbeddedServer, embedded_server
from infrastructure.database.embedded.locks import open_lock, try_own, wait_for
from infrastructure.database.embedded.programs import run
from infrastructure.history.verify import verify
from infrastructure.identity.sources import SeededIds, SetClock
from infrastructure.migrate import migrate
from infrastructure.settings import Settings
from infrastructure.worker import Worker
from tests.api.desk import Desk, found_province, wish
from tests.application.reservations.province import Province, at
from tests.concurrency.crowd import rush
from tests.fixtures import NOON, REGIMES

if TYPE_CHECKING:
    from httpx2 import Response

HALF_HOUR = timedelta(minutes=30)
AT_MOST_SECONDS = 2.0
LIMIT_SECONDS = 30
STOPS = {"orderly": signal.SIGINT, "crash": signal.SIGQUIT}
KEY = {"Idempotency-Key": "the-same-key"}
MONTHS = {"from": "2026-03", "to": "2026-03"}


@dataclass
class Machine:
    """A PostgreSQL server of these tests alone, which they stop by its process number and start again."""

    home: Path
    server: EmbeddedServer

    def stop(self, how: str) -> None:
        pid = int((self.home / "cluster" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, STOPS[how])
        with open_lock(self.home / "server.lock") as lock:
            assert wait_for(lambda: try_own(lock), time.monotonic() + LIMIT_SECONDS), "it stopped in time"

    def start(self) -> None:
        """Where it does not run: on the same socket, so that open platforms find it."""
        with open_lock(self.home / "server.lock") as lock:
            if not try_own(lock):
                return
            log = ("--wait", "--log=server.log")
            started = run("pg_ctl", "start", *log, "--pgdata=cluster", home=self.home, keep_open=lock)
        assert started.returncode == 0, started.stdout + started.stderr


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    home = tmp_path_factory.mktemp("outage") / "postgresql"
    with embedded_server(home) as server:
        yield Machine(home, server)


@pytest.fixture
def platform(machine: Machine, tmp_path: Path) -> Iterator[Platform]:
    """Both jurisdictions, new, on that server."""
    machine.start()
    dsn = machine.server.dsn(f"outage_{uuid4().hex}")
    for jurisdiction, regime in REGIMES.items():
        migrate(dsn, jurisdiction, regime)
    with open_platform(Settings(data_dir=tmp_path), dsn, clock=SetClock(NOON), ids=SeededIds(1)) as platform:
        yield platform


@pytest.fixture
def worker(platform: Platform) -> Iterator[Worker]:
    worker = Worker(platform)
    worker.start()
    yield worker
    worker.stop()


def asking(province: Province, actor: Actor, place: int) -> Request:
    """One of the half hours from 08:00 to 18:00 on the days from the 3rd on."""
    start = at(8, day=3 + place // 20) + (place % 20) * HALF_HOUR
    wish = RequestReservation(
        resource_id=province.resource,
        span=Span(start=start, end=start + HALF_HOUR),
        purpose="scientific_research",
    )
    return Request(wish, actor, uuid4(), uuid4())


def refusal_seconds(call: Callable[[], object]) -> float:
    begun = time.monotonic()
    with pytest.raises(Unavailable):
        call()
    return time.monotonic() - begun


def patiently(province: Province, request: Request) -> Result:
    """What a good client does: the same command again until it is answered."""
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        with suppress(Unavailable):
            return province.home.bus.execute(request)
    pytest.fail("the platform did not recover")


@pytest.mark.slow
@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("how", STOPS)
def test_every_read_and_command_is_refused_in_time_and_the_same_platform_recovers(
    province: Province, machine: Machine, how: str
) -> None:
    home = province.home
    first, second = asking(province, province.customer, 0), asking(province, province.customer, 1)
    before = home.bus.execute(first)
    machine.stop(how)
    calls: list[Callable[[], object]] = [
        partial(home.log.stream, province.resource),
        partial(home.claims.holders, province.resource, at(8), at(18)),
        partial(home.bus.execute, first),
        partial(home.bus.execute, second),
        partial(home.recorder.select_notifications, 0, 10),
        home.database.connect,
    ]
    for crowd in (rush([partial(refusal_seconds, call) for call in calls * 5]) for _ in range(2)):
        assert not crowd.refused
        assert max(crowd.results) < AT_MOST_SECONDS
    machine.start()
    done = patiently(province, second)
    assert home.bus.execute(second) == replace(done, repeated=True)
    assert home.bus.execute(first) == replace(before, repeated=True)
    assert len(home.claims.holders(province.resource, at(8), at(18))) == 2
    assert wait_for(partial(projected, province), time.monotonic() + LIMIT_SECONDS)


@pytest.mark.parametrize("how", STOPS)
def test_commands_in_flight_take_effect_once(
    province: Province, platform: Platform, machine: Machine, how: str
) -> None:
    requests = [asking(province, province.customer, place) for place in range(160)]
    results: list[Result] = []

    def client(own: list[Request]) -> None:
        results.extend(patiently(province, request) for request in own)

    with ThreadPoolExecutor(1) as clients:
        rushing = clients.submit(rush, [partial(client, requests[place::8]) for place in range(8)])
        assert wait_for(lambda: len(results) > 20, time.monotonic() + LIMIT_SECONDS)
        machine.stop(how)
        machine.start()
        assert not rushing.result().refused
    assert len({result.id for result in results}) == len({result.position for result in results}) == len(requests)
    assert len(province.home.claims.holders(province.resource, at(0), at(0, day=30))) == len(requests)
    report = verify(platform)
    assert report.ok, report.as_dict()


@pytest.mark.slow
def test_http_answers_503_in_time_and_recovers_under_the_same_key(platform: Platform, machine: Machine) -> None:
    with TestClient(create_app(platform, projector_wait=0.1)) as client:
        desk = Desk(platform, client)
        province = found_province(desk)
        user = desk.customer(province)
        sends: list[Callable[[], Response]] = [
            lambda: desk.send("/reservations", wish(province), user, **KEY),
            lambda: desk.read("/reservations", user),
            lambda: desk.read("/instruments", jurisdiction="jiangsu"),
            lambda: desk.read("/utilisation", user, **MONTHS),
        ]
        machine.stop("crash")
        for send in [*sends, *sends]:
            begun = time.monotonic()
            answer = send()
            assert time.monotonic() - begun < AT_MOST_SECONDS
            assert (answer.status_code, answer.json()["code"]) == (503, "application.unavailable")
            assert answer.headers["Retry-After"] == "1"
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
        machine.start()
        assert wait_for(lambda: sends[0]().status_code == 201, time.monotonic() + LIMIT_SECONDS)
        assert desk.send("/reservations", wish(province), user, **KEY).status_code == 201
        assert all(send().status_code == 200 for send in sends[1:])
        assert client.get("/readyz").status_code == 200


def projected(province: Province) -> bool:
    """Whether every read model has reached the end of the log."""
    with province.home.database.reading() as cursor:
        row = cursor.execute("SELECT min(position) >= (SELECT max(position) FROM events) FROM read_models").fetchone()
    return bool(row and row[0])
