# SPDX-License-Identifier: Apache-2.0
"""Workers in processes: one leads, another takes over within five seconds when it is killed; pools are small."""

import urllib.request
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from signal import SIGKILL
from subprocess import Popen
from time import monotonic
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from domain.parties.events import LegalPersonRegistered
from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.history.verify import verify
from infrastructure.migrate import migrate
from infrastructure.projecting.projector import leader_key
from infrastructure.settings import Settings
from projections.catalogue import READ_MODELS
from tests.concurrency.crowd import seed
from tests.fixtures import REGIMES
from tests.log.models import tracking
from tests.log.programs import free_port, program
from tests.log.waiting import until

TAKE_OVER_SECONDS = 5.0
KILLED_LEADERS = 5
IDLE_CONNECTIONS, MOST_CONNECTIONS = 12, 24
"""Of one server process and one worker with two jurisdictions. For each, the worker needs one to project on, one to
listen on and no more than two of its pool. Of the server's pools one each stays open; under load both are full.
"""
CLIENTS, ROUNDS = 24, 200
START_SECONDS = 60.0
pytestmark = pytest.mark.slow


@pytest.fixture
def platform(own_database: str, tmp_path: Path) -> Iterator[Platform]:
    """Two jurisdictions in a database where there is nothing else for a worker to do."""
    for jurisdiction, regime in REGIMES.items():
        migrate(own_database, jurisdiction, regime)
    with open_platform(Settings(database_url=own_database, data_dir=tmp_path), own_database) as platform:
        yield platform


@pytest.fixture
def administrator(platform: Platform) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    with psycopg.connect(platform.dsn, autocommit=True, application_name="administrator") as connection:
        yield connection


def connections(administrator: psycopg.Connection[tuple[Any, ...]], *names: str) -> Counter[str]:
    rows = administrator.execute(
        "SELECT application_name, count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND application_name = ANY(%s) GROUP BY 1",
        (list(names),),
    ).fetchall()
    return Counter(dict(rows))


def leader(administrator: psycopg.Connection[tuple[Any, ...]], jurisdiction: str) -> str | None:
    row = administrator.execute(
        "SELECT application_name FROM pg_locks JOIN pg_stat_activity USING (pid)"
        " WHERE locktype = 'advisory' AND granted AND objid = %s AND datname = current_database()",
        (leader_key(jurisdiction),),
    ).fetchone()
    return row[0] if row else None


def all_stand_at(platform: Platform, positions: dict[str, int]) -> bool:
    return all(
        tracking(platform.jurisdictions[name], model.name)[0] >= position
        for name, position in positions.items()
        for model in READ_MODELS
    )


def register(home: Jurisdiction, number: int) -> int:
    registered = LegalPersonRegistered(
        credit_code=f"9132000000000{number:04d}X",
        name_zh="示例企业",
        name_en="Example",
        kind="enterprise",
        budget_status="other",
        city="南京市",
        district="",
    )
    return seed(home, {uuid4(): (registered,)})


def test_another_worker_takes_over_when_the_leader_is_killed(
    platform: Platform, administrator: psycopg.Connection[tuple[Any, ...]], tmp_path: Path
) -> None:
    homes = platform.jurisdictions
    took: list[float] = []
    with ExitStack() as stack:
        workers: dict[str, Popen[bytes]] = {}

        def hire(name: str) -> None:
            workers[name] = stack.enter_context(program(name, platform.dsn, tmp_path, "worker"))
            until(lambda: connections(administrator, name)[name] >= 3 * len(homes), f"{name} is at work")

        hire("worker-0")
        for number in range(1, KILLED_LEADERS + 1):
            hire(f"worker-{number}")
            doomed = leader(administrator, "jiangsu")
            assert doomed
            workers[doomed].send_signal(SIGKILL)
            killed = monotonic()
            workers[doomed].wait()
            positions = {name: register(home, number) for name, home in homes.items()}
            until(partial(all_stand_at, platform, positions), "another projects", limit=TAKE_OVER_SECONDS)
            took.append(monotonic() - killed)
            for name in homes:
                assert leader(administrator, name) not in {None, doomed}
    print(  # noqa: T201 - the measured figures, shown with -s
        f"\n{KILLED_LEADERS} leaders killed: everything projected by another after {min(took):.2f}-{max(took):.2f} s"
    )
    assert max(took) < TAKE_OVER_SECONDS
    report = verify(platform)
    assert report.ok, report.as_dict()


def test_a_running_system_holds_few_connections(
    platform: Platform, administrator: psycopg.Connection[tuple[Any, ...]], tmp_path: Path
) -> None:
    port = free_port()
    names = ("server", "worker")
    with (
        program("server", platform.dsn, tmp_path, "serve", "--port", str(port)),
        program("worker", platform.dsn, tmp_path, "worker"),
        ThreadPoolExecutor(CLIENTS) as clients,
    ):
        until(partial(answers, port), "the server answers", limit=START_SECONDS)
        until(lambda: leader(administrator, "chongqing") == "worker", "the worker leads", limit=START_SECONDS)
        idle = connections(administrator, *names)
        reads = [clients.submit(read, port, ("jiangsu", "chongqing")[turn % 2]) for turn in range(CLIENTS * ROUNDS)]
        most: Counter[str] = Counter()
        while not all(each.done() for each in reads):
            most |= connections(administrator, *names)
        assert all(each.result() for each in reads)
    print(  # noqa: T201 - the measured figures, shown with -s
        f"\nconnections of one server and one worker, two jurisdictions: idle {idle.total()} {dict(idle)},"
        f" with {CLIENTS} clients at most {most.total()} {dict(most)}"
    )
    assert idle.total() <= IDLE_CONNECTIONS
    assert idle.total() < most.total() <= MOST_CONNECTIONS


def answers(port: int) -> bool:
    try:
        return read(port, "jiangsu")
    except OSError:
        return False


def read(port: int, jurisdiction: str) -> bool:
    url = f"http://127.0.0.1:{port}/api/v1/instruments?jurisdiction={jurisdiction}"
    with urllib.request.urlopen(url, timeout=30) as answer:
        return bool(answer.status == 200)
