# SPDX-License-Identifier: Apache-2.0
"""A rebuild while writers write and the projector projects ends with equal tables, and disturbs neither."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from threading import Event as Signal
from threading import Thread

import psycopg
import pytest

from application.reservations.cancel_reservation import CancelReservation
from domain.kernel.event import Recorded
from domain.parties.events import UnitRenamed
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.history.verify import verify
from infrastructure.projecting.rebuild import rebuild
from infrastructure.worker import Worker
from projections.catalogue import READ_MODELS
from projections.readmodel import Rows
from tests.application.reservations.province import Province, province, span
from tests.infrastructure.projecting.toys import make_tables, rename
from tests.log.models import Renamings, follow, forget, tracking
from tests.log.waiting import LIMIT_SECONDS, until

__all__ = ["province"]

ROUNDS = 3


@contextmanager
def working(platform: Platform) -> Iterator[None]:
    worker = Worker(platform)
    worker.start()
    try:
        yield
    finally:
        worker.stop()


@contextmanager
def writing(province: Province) -> Iterator[list[int]]:
    """Reservations asked for and cancelled, one after the other, without a pause."""
    positions: list[int] = []
    broken: list[Exception] = []
    stop = Signal()

    def write() -> None:
        try:
            for number in count():
                if stop.is_set():
                    return
                start = 8 + number % 10
                asked = province.ask(span=span(start, start + 1, day=3 + number // 10 % 20))
                cancel = CancelReservation(reservation_id=asked.id, reason="样品运输延误")
                positions.append(province.do(cancel, province.customer).position)
        except Exception as error:  # noqa: BLE001 - whatever stops the writer is shown
            broken.append(error)

    thread = Thread(target=write, daemon=True)
    thread.start()
    try:
        yield positions
    finally:
        stop.set()
        thread.join(LIMIT_SECONDS)
    assert not broken


@pytest.mark.slow
def test_rebuilds_of_everything_while_writers_write_end_equal(
    platform: Platform, province: Province, caplog: pytest.LogCaptureFixture
) -> None:
    home = province.home
    with working(platform), writing(province) as positions:
        until(lambda: len(positions) > 50, "the writers are at work")
        for _ in range(ROUNDS):
            before = len(positions)
            for rebuilt in rebuild(home.database):
                assert not any(rebuilt.differences.values()), rebuilt
            assert len(positions) > before, "nobody waited for the rebuild"
    with working(platform):
        until(lambda: all_stand_at(home, positions[-1]), "every read model has come to the end")
    report = verify(platform)
    assert report.ok, report.as_dict()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def all_stand_at(home: Jurisdiction, position: int) -> bool:
    return all(tracking(home, model.name)[0] >= position for model in READ_MODELS)


@dataclass
class Pausing(Renamings):
    """Stops in the middle of a batch, when it has read its table, until it may go on."""

    reached: Signal = field(default_factory=Signal)
    may_go_on: Signal = field(default_factory=Signal)

    def _apply(self, event: Recorded, rows: Rows) -> None:
        super()._apply(event, rows)
        if isinstance(event.event, UnitRenamed) and event.event.name_zh == "pause":
            self.reached.set()
            self.may_go_on.wait(LIMIT_SECONDS)


def test_a_rebuild_and_a_leader_in_the_middle_of_a_batch_do_not_deadlock(
    platform: Platform, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    home, paused = platform.jurisdictions["jiangsu"], Pausing("paused")
    monkeypatch.setattr("infrastructure.projecting.rebuild.READ_MODELS", (paused.model,))
    make_tables(home, paused.model)
    try:
        rename(home, "a")
        with follow(home.database, paused.model):
            until(
                lambda: paused.counts(home) == {"a": 1}, "the table holds something, so that the next leader reads it"
            )
        with follow(home.database, paused.model), ThreadPoolExecutor(1) as rebuilding:
            last = rename(home, "b", "pause")
            until(paused.reached.is_set, "the leader is in the middle of a batch")
            rebuilt = rebuilding.submit(rebuild, home.database)
            until(lambda: waiting_for_a_lock(home), "the rebuild has come to where it waits")
            paused.may_go_on.set()
            assert rebuilt.result(LIMIT_SECONDS)[0].differences == {paused.table.name: 0}
            until(lambda: tracking(home, paused.name)[0] == last, "the leader goes on with the new table")
            assert paused.counts(home) == {"a": 1, "b": 1, "pause": 1}
        assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    finally:
        forget(home, paused)


def waiting_for_a_lock(home: Jurisdiction) -> bool:
    with psycopg.connect(home.database.dsn) as administrator:
        found = administrator.execute(
            "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return found.rowcount > 0
