# SPDX-License-Identifier: Apache-2.0
"""Exactly once, restartable, one failure alone, one leader at a time."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from psycopg import sql

from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.event_store.mapper import EventMapper
from infrastructure.projecting.projector import Projector
from projections.readmodel import ReadModel
from tests.infrastructure.projecting.toys import POISON, drop_tables, make_tables, rename, toy


@pytest.fixture
def jurisdiction(platform: Platform) -> Iterator[Jurisdiction]:
    jurisdiction = platform.jurisdictions["jiangsu"]
    make_tables(jurisdiction, toy())
    yield jurisdiction
    drop_tables(jurisdiction, toy(), toy("fragile"))


@contextmanager
def projecting(jurisdiction: Jurisdiction, *models: ReadModel) -> Iterator[Projector]:
    make_tables(jurisdiction, *models)
    projector = Projector(jurisdiction.database, EventMapper(None), models)
    assert projector.lead()
    try:
        yield projector
    finally:
        projector.close()


def counts(jurisdiction: Jurisdiction, name: str = "toy") -> dict[str, int]:
    with jurisdiction.database.reading() as cursor:
        rows = cursor.execute(
            sql.SQL("SELECT name, renamings FROM {}").format(sql.Identifier(f"{name}_counts"))
        ).fetchall()
    return dict(rows)


def tracking(jurisdiction: Jurisdiction, name: str = "toy") -> tuple[Any, ...]:
    with jurisdiction.database.reading() as cursor:
        row = cursor.execute(
            "SELECT position, failed_position, error FROM read_models WHERE name = %s", (name,)
        ).fetchone()
    assert row
    return row


def test_every_event_counts_once_over_restarts(jurisdiction: Jurisdiction) -> None:
    rename(jurisdiction, "a", "b", "a")
    with projecting(jurisdiction, toy()) as projector:
        projector.catch_up()
        projector.catch_up()
    last = rename(jurisdiction, "a")
    with projecting(jurisdiction, toy()) as projector:
        assert projector.catch_up() == last
    assert counts(jurisdiction) == {"a": 3, "b": 1}
    assert tracking(jurisdiction)[0] == last


def test_a_failing_read_model_stops_alone_with_its_event(jurisdiction: Jurisdiction) -> None:
    poisoned = rename(jurisdiction, "a", POISON)
    last = rename(jurisdiction, "b")
    with projecting(jurisdiction, toy(), toy("fragile", fragile=True)) as projector:
        projector.catch_up()
    assert counts(jurisdiction) == {"a": 1, POISON: 1, "b": 1}
    assert tracking(jurisdiction)[0] == last
    assert counts(jurisdiction, "fragile") == {"a": 1}
    position, failed, error = tracking(jurisdiction, "fragile")
    assert position < failed == poisoned
    assert POISON in error


def test_a_changed_definition_begins_anew(jurisdiction: Jurisdiction) -> None:
    rename(jurisdiction, "a")
    with projecting(jurisdiction, toy()) as projector:
        projector.catch_up()
    changed = toy()
    with projecting(jurisdiction, ReadModel("toy", changed.tables, changed.apply, version=2)) as projector:
        projector.catch_up()
    assert counts(jurisdiction) == {"a": 1}


def test_one_that_begins_anew_catches_up_with_those_further_ahead(jurisdiction: Jurisdiction) -> None:
    """In several batches under one leader: a model that is ahead is neither moved back nor fed twice."""
    last = rename(jurisdiction, "a", "b", "a", "b", "a")
    with projecting(jurisdiction, toy()) as projector:
        projector.catch_up()
    make_tables(jurisdiction, toy("fragile"))
    projector = Projector(jurisdiction.database, EventMapper(None), [toy(), toy("fragile")], batch=2)
    assert projector.lead()
    assert projector.catch_up() == last
    projector.close()
    assert counts(jurisdiction) == counts(jurisdiction, "fragile") == {"a": 3, "b": 2}


def test_tables_of_another_version_are_left_alone(jurisdiction: Jurisdiction) -> None:
    rename(jurisdiction, "a")
    changed = ReadModel("toy", toy().tables, toy().apply, version=2)
    projector = Projector(jurisdiction.database, EventMapper(None), [changed])
    assert projector.lead()
    projector.catch_up()
    projector.close()
    assert counts(jurisdiction) == {}


def test_only_one_leads_and_another_takes_over(jurisdiction: Jurisdiction) -> None:
    second = Projector(jurisdiction.database, EventMapper(None), [toy()])
    with projecting(jurisdiction, toy()):
        assert not second.lead()
    assert second.lead()
    second.close()


def test_it_follows_the_log_without_any_hint(jurisdiction: Jurisdiction) -> None:
    stop, seen = Signal(), Signal()
    projector = Projector(jurisdiction.database, EventMapper(None), [toy()])
    thread = Thread(target=projector.run, args=(stop,))
    thread.start()
    try:
        rename(jurisdiction, "late")
        for _ in range(200):
            with suppress(Exception):
                if counts(jurisdiction) == {"late": 1}:
                    seen.set()
                    break
            stop.wait(0.02)
    finally:
        stop.set()
        thread.join()
    assert seen.is_set()
