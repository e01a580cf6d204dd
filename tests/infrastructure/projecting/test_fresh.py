# SPDX-License-Identifier: Apache-2.0
"""Rows that are written when they change no more end as those that are written at once, whatever memory holds."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.projecting import fresh
from infrastructure.projecting.fresh import FreshRows
from infrastructure.projecting.rebuild import differences
from infrastructure.projecting.rows import CachedRows
from infrastructure.projecting.tables import NEXT, create_tables
from projections.handlers import new_row
from projections.readmodel import ReadModel, Table

COUNTS = Table("fresh_counts", ("day", "who"), {"day": "date", "who": "uuid", "times": "bigint", "minutes": "bigint"})
THINGS = Table(
    "fresh_things",
    ("id",),
    {
        "id": "uuid",
        "name": "text",
        "tags": "text[]",
        "seen_at": "timestamptz",
        "open": "boolean",
        "details": "jsonb",
        "size": "bigint",
    },
)
MODEL = ReadModel("fresh", (COUNTS, THINGS), lambda *_: None)
WHO = [UUID(int=number) for number in range(1, 6)]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)

steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 3), st.sampled_from(WHO)),
        st.tuples(st.just("put"), st.integers(1, 9), st.sampled_from(WHO)),
        st.tuples(st.just("change"), st.integers(1, 9), st.sampled_from(WHO)),
        st.tuples(st.just("delete"), st.just(0), st.sampled_from(WHO)),
        st.tuples(st.just("flush"), st.just(0), st.just(WHO[0])),
    ),
    max_size=40,
)


@pytest.fixture(scope="module")
def connection(worker_database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(worker_database, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA fresh_test")
        connection.execute("SET search_path = fresh_test")
        yield connection
        connection.execute("DROP SCHEMA fresh_test CASCADE")


def take(rows: CachedRows, step: tuple[str, int, UUID]) -> None:
    kind, number, who = step
    match kind:
        case "add":
            rows.add(COUNTS, date(2026, 3, number), who, times=1, minutes=number)
        case "put":
            rows.put(THINGS, thing(who, number))
        case "change" if rows.get(THINGS, who):
            rows.change(THINGS, who, size=number, details={"now": number})
        case "delete":
            rows.delete(THINGS, who)
        case "flush":
            rows.flush()


def thing(who: UUID, number: int) -> dict[str, Any]:
    return new_row(
        THINGS,
        id=who,
        name=f"第{number}件",
        tags=["a", str(who)] if number % 2 else None,
        seen_at=NOON,
        open=number % 3 == 0,
        details=[{"no": number, "who": who, "on": date(2026, 3, 2)}] if number % 2 else None,
        size=number,
    )


@given(steps)
def test_it_ends_as_rows_written_at_once(connection: psycopg.Connection[Any], history: list[Any]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fresh, "KEPT_ROWS", 2)
        create_tables(connection, MODEL)
        create_tables(connection, MODEL, suffix=NEXT)
        at_once, later = CachedRows(connection), FreshRows(connection, suffix=NEXT)
        for step in history:
            take(at_once, step)
            at_once.flush()
            take(later, step)
        later.finish()
        assert [differences(connection, table) for table in MODEL.tables] == [0, 0]


@given(steps)
def test_rows_read_ahead_are_the_rows_that_are_there(connection: psycopg.Connection[Any], history: list[Any]) -> None:
    """Each step is a batch of its own in which all five streams are expected; what was kept before is forgotten."""
    create_tables(connection, MODEL)
    create_tables(connection, MODEL, suffix=NEXT)
    one_by_one, ahead = CachedRows(connection), CachedRows(connection, suffix=NEXT)
    for step in history:
        ahead.expect(WHO)
        for rows in (one_by_one, ahead):
            take(rows, step)
            rows.flush()
            rows.forget()
    assert [differences(connection, table) for table in MODEL.tables] == [0, 0]


def test_what_a_batch_looks_for_is_read_in_one_statement(connection: psycopg.Connection[Any]) -> None:
    create_tables(connection, MODEL)
    stored = CachedRows(connection)
    for who in WHO[:3]:
        stored.put(THINGS, thing(who, 1))
    stored.flush()
    rows = CachedRows(connection)
    with pytest.MonkeyPatch.context() as patch:
        sent: list[object] = []
        execute = psycopg.Connection.execute

        def counted(*asked: Any, **how: Any) -> Any:  # noqa: ANN401 - psycopg's own
            sent.append(asked)
            return execute(*asked, **how)

        patch.setattr(psycopg.Connection, "execute", counted)
        rows.expect(WHO)
        assert [rows.get(THINGS, who) is not None for who in WHO] == [True, True, True, False, False]
        assert len(sent) == 1
        rows.expect(WHO)
        assert rows.get(THINGS, WHO[4]) is None, "known from before"
        assert rows.get(THINGS, UUID(int=99)) is None, "not expected: read by itself"
        assert len(sent) == 2


def test_what_nobody_asks_for_leaves_memory_at_once(connection: psycopg.Connection[Any]) -> None:
    create_tables(connection, MODEL, suffix=NEXT)
    rows = FreshRows(connection, suffix=NEXT)
    rows.put(THINGS, thing(WHO[0], 1))
    rows.flush()
    assert connection.execute("SELECT name FROM fresh_things_next").fetchall() == [("第1件",)]
    assert rows.get(THINGS, WHO[0]) is not None


def test_differences_are_rows_missing_on_either_side_or_not_alike(connection: psycopg.Connection[Any]) -> None:
    create_tables(connection, MODEL)
    create_tables(connection, MODEL, suffix=NEXT)
    live, rebuilt = CachedRows(connection), FreshRows(connection, suffix=NEXT)
    for rows, numbers in ((live, (1, 2, 3)), (rebuilt, (1, 5, None, 4))):
        for who, number in zip(WHO, numbers, strict=False):
            if number is not None:
                rows.put(THINGS, thing(who, number))
        rows.finish()
    assert differences(connection, THINGS) == 3
