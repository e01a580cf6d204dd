# SPDX-License-Identifier: Apache-2.0
"""Rule 13: a hint is only a hint, and whoever was deposed commits nothing any more."""

import time
from collections.abc import Iterator
from dataclasses import replace
from threading import Event as Signal
from threading import Thread

import psycopg
import pytest

from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.event_store.log import PostgresEventLog
from infrastructure.event_store.mapper import EventMapper
from infrastructure.projecting.projector import LeadershipLost, Projector
from tests.infrastructure.projecting.toys import drop_tables, make_tables, rename, toy

LIMIT_SECONDS = 20


@pytest.fixture
def home(platform: Platform) -> Iterator[Jurisdiction]:
    home = platform.jurisdictions["jiangsu"]
    make_tables(home, toy())
    yield home
    drop_tables(home, toy())


def projector(home: Jurisdiction) -> Projector:
    return Projector(home.database, EventMapper(None), [toy()])


def counted(home: Jurisdiction) -> dict[str, int]:
    with home.database.reading() as cursor:
        return dict(cursor.execute("SELECT name, renamings FROM toy_counts").fetchall())


def silently(home: Jurisdiction, name: str) -> None:
    """As another process would whose hint was lost."""
    log = PostgresEventLog(home.recorder, home.log.mapper)
    rename(replace(home, log=log), name)


def test_a_leader_whose_lock_was_lost_without_its_knowledge_is_fenced_off(home: Jurisdiction) -> None:
    """The old leader still believes in itself while another already leads: its commit finds another epoch."""
    old, new = projector(home), projector(home)
    assert old.lead()
    old.catch_up()
    assert old._connection is not None
    old._connection.execute("SELECT pg_advisory_unlock_all()")
    assert new.lead()
    last = rename(home, "a")
    with pytest.raises(LeadershipLost):
        old.catch_up()
    assert counted(home) == {}, "nothing of the deposed one was written"
    assert new.catch_up() == last
    rename(home, "b")
    with pytest.raises(LeadershipLost):
        old.catch_up()
    new.catch_up()
    assert counted(home) == {"a": 1, "b": 1}
    old.close()
    new.close()


def test_leadership_ends_with_the_session_and_another_takes_over(home: Jurisdiction, migrated_database: str) -> None:
    stop = Signal()
    first, second = projector(home), projector(home)
    assert first.lead()
    thread = Thread(target=second.run, args=(stop,))
    thread.start()
    try:
        rename(home, "a")
        time.sleep(0.2)
        assert counted(home) == {}, "who stands by writes nothing"
        assert first._connection is not None
        with psycopg.connect(migrated_database, autocommit=True) as administrator:
            administrator.execute("SELECT pg_terminate_backend(%s)", (first._connection.info.backend_pid,))
        begun = time.monotonic()
        while counted(home) != {"a": 1}:
            assert time.monotonic() - begun < 5, "another takes over within five seconds"
            time.sleep(0.01)
    finally:
        stop.set()
        thread.join(LIMIT_SECONDS)
        first.close()


def test_no_hint_is_needed(home: Jurisdiction) -> None:
    """Neither sent nor heard: the log of another process, and a projector without a listener."""
    stop = Signal()
    thread = Thread(target=projector(home).run, args=(stop, Signal()))
    thread.start()
    try:
        silently(home, "unheard")
        begun = time.monotonic()
        while counted(home) != {"unheard": 1}:
            assert time.monotonic() - begun < LIMIT_SECONDS
            time.sleep(0.005)
    finally:
        stop.set()
        thread.join(LIMIT_SECONDS)


def test_a_writer_sends_no_notification_in_its_transaction(home: Jurisdiction) -> None:
    with home.database.connect() as listener:
        listener.execute(f'LISTEN "tongchou_{home.name}"')
        silently(home, "unheard")
        assert list(listener.notifies(timeout=0.2)) == []
