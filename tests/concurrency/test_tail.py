# SPDX-License-Identifier: Apache-2.0
"""Whoever reads the tail sees every event once and in order, also with slow and fast writers in flight."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from threading import Event as Signal
from threading import Thread
from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from infrastructure.bootstrap import Platform
from infrastructure.event_store import subscription, tail
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.event_store.statement import LOCK, append_sql
from infrastructure.event_store.subscription import TailSubscription
from tests.concurrency.crowd import Rush, rush
from tests.log.waiting import LIMIT_SECONDS, until


@dataclass
class Reader:
    """Reads in a thread of its own and remembers the positions."""

    read: Callable[[], Iterator[int]]
    seen: list[int] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.thread = Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self) -> None:
        try:
            self.seen.extend(self.read())
        except Exception as error:  # noqa: BLE001 - whatever breaks a reader is shown
            self.broken.append(error)


@contextmanager
def subscribed(recorder: PostgresRecorder, after: int) -> Iterator[Reader]:
    """The reader of the product."""
    feed = TailSubscription(recorder, gt=after)
    reader = Reader(lambda: (notification.id for notification in feed))
    try:
        yield reader
    finally:
        feed.stop()
        reader.thread.join(LIMIT_SECONDS)
        assert not reader.broken


@contextmanager
def naive(recorder: PostgresRecorder, after: int) -> Iterator[Reader]:
    """What one would write first: go on from the highest position seen, without a barrier."""
    stop = Signal()

    def read() -> Iterator[int]:
        last = after
        while not stop.is_set():
            for found in recorder.select_notifications(last, 500, inclusive_of_start=False):
                last = found.id
                yield last

    reader = Reader(read)
    try:
        yield reader
    finally:
        stop.set()
        reader.thread.join(LIMIT_SECONDS)


@contextmanager
def slow_writer(recorder: PostgresRecorder) -> Iterator[int]:
    """An append that has drawn its position and commits when the block ends."""
    sql, parameters = append_sql([an_event()], with_command=False, lock_inside=recorder.lock_inside)
    parameters |= {"lock": recorder.lock, "recorded_at": None}
    with recorder.database.connect() as connection, connection.transaction():
        if not recorder.lock_inside:
            connection.execute(LOCK, parameters)
        row = connection.execute(sql, parameters).fetchone()
        assert row
        yield int(row[0])


def an_event() -> StoredEvent:
    return StoredEvent(uuid4(), 1, "test.Happened", b"{}")


def committed(recorder: PostgresRecorder, after: int) -> list[int]:
    with recorder.database.reading() as cursor:
        rows = cursor.execute("SELECT position FROM events WHERE position > %s ORDER BY 1", (after,)).fetchall()
    return [position for (position,) in rows]


@pytest.fixture(params=["single", "split"])
def recorder(platform: Platform, request: pytest.FixtureRequest) -> PostgresRecorder:
    database = platform.jurisdictions["jiangsu"].database
    return PostgresRecorder(database, lock_inside=request.param == "single")


@pytest.fixture
def start(recorder: PostgresRecorder) -> int:
    return recorder.insert_events([an_event()])[-1]


def test_a_slow_writer_is_waited_for_and_a_naive_reader_misses_it(recorder: PostgresRecorder, start: int) -> None:
    """Both readers begin while a commit is under way, and then a fast writer overtakes it."""
    commit = ExitStack()
    slow = commit.enter_context(slow_writer(recorder))
    with naive(recorder, start) as careless, subscribed(recorder, start) as reader:
        with commit:
            fast = recorder.insert_events([an_event(), an_event()])
            assert slow < fast[0]
            until(lambda: fast[-1] in careless.seen, "the careless reader is past")
            assert not reader.seen, "nothing is told before what comes first"
        last = recorder.insert_events([an_event()])[-1]
        until(lambda: last in careless.seen and last in reader.seen, "both are at the end")
    assert reader.seen == committed(recorder, start) == [slow, *fast, last]
    assert careless.seen == [*fast, last], "the naive reader never learns of the slow event"


def test_a_position_given_up_holds_nobody_back(recorder: PostgresRecorder, start: int) -> None:
    with subscribed(recorder, start) as reader:
        with suppress(ZeroDivisionError), slow_writer(recorder) as given_up:
            last = recorder.insert_events([an_event()])[-1]
            raise ZeroDivisionError
        until(lambda: reader.seen, "it has read something")
    assert reader.seen == [last]
    assert given_up < last


def test_a_reader_outlasts_a_writer_that_is_slower_than_its_patience(
    recorder: PostgresRecorder, start: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_up = []

    def barrier(*arguments: Any) -> int:  # noqa: ANN401 - those of the barrier itself
        try:
            return tail.final_position(*arguments)
        except tail.BarrierBusy:
            given_up.append(arguments)
            raise

    monkeypatch.setattr(tail, "BARRIER_SECONDS", 0.02)
    monkeypatch.setattr(subscription, "final_position", barrier)
    with subscribed(recorder, start) as reader:
        with slow_writer(recorder) as slow:
            until(lambda: len(given_up) > 1, "the barrier was given up")
        until(lambda: reader.seen, "it has read something")
    assert reader.seen == [slow]


def test_readers_that_begin_at_any_time_see_every_event_once_in_order(recorder: PostgresRecorder, start: int) -> None:
    """Appends of one, two and twenty events, now and then a slow one; a new reader every moment."""

    def write(place: int) -> int:
        written = 0
        for turn in range(25):
            if turn % 8 == place:
                with slow_writer(recorder):
                    written += 1 + len(recorder.insert_events([an_event()]))
            written += len(recorder.insert_events([an_event() for _ in range((1, 2, 20)[turn % 3])]))
        return written

    with ExitStack() as stack, ThreadPoolExecutor(1) as writing:
        rushing = writing.submit(rush, [partial(write, place) for place in range(6)])
        readers = [stack.enter_context(subscribed(recorder, start))]
        while len(readers) < 4:
            until(partial(_has_gone_on, readers[-1], len(readers[-1].seen), rushing), "the reader has gone on")
            readers.append(stack.enter_context(subscribed(recorder, start)))
        count = sum(rushing.result().results)
        written = committed(recorder, start)
        assert len(written) == count
        until(lambda: all(len(reader.seen) >= len(written) for reader in readers), "all have read all")
    assert all(reader.seen == written for reader in readers)


def _has_gone_on(reader: Reader, since: int, writing: Future[Rush[int]]) -> bool:
    return len(reader.seen) > since + 20 or writing.done()
