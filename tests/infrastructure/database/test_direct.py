# SPDX-License-Identifier: Apache-2.0
"""A statement without a cursor does what it does with one, errors included."""

from contextlib import suppress
from uuid import uuid4

import psycopg
import pytest

from infrastructure.bootstrap import Platform
from infrastructure.database import direct
from infrastructure.database.pool import Database

SUM = "SELECT %(left)s::bigint + %(right)s::bigint + %(left)s::bigint"


@pytest.fixture
def database(platform: Platform) -> Database:
    return next(iter(platform.jurisdictions.values())).database


def test_a_value_may_be_named_twice(database: Database) -> None:
    with database.connection() as connection:
        assert connection.run(SUM, {"right": 1, "left": 2**40}).get_value(0, 0) == b"%d" % (2**41 + 1)


def test_a_statement_is_prepared_again_after_psycopg_has_dropped_all(database: Database) -> None:
    with database.connection() as connection:
        connection.run(SUM, {"left": 1, "right": 1})
        with suppress(ZeroDivisionError), connection.transaction():
            connection.execute("SELECT 1", prepare=True)
            raise ZeroDivisionError
        connection.execute("SELECT 1")
        assert connection.run(SUM, {"left": 1, "right": 2}).get_value(0, 0) == b"4"


def test_the_oldest_make_room(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "MOST_PREPARED", 2)
    with database.connection() as connection:
        for number in (1, 2, 3, 1):
            assert connection.run(f"SELECT %(id)s::uuid, {number}", {"id": uuid4()}).get_value(0, 1) == b"%d" % number


def test_the_oldest_make_room_where_psycopg_has_dropped_them(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(direct, "MOST_PREPARED", 2)
    with database.connection() as connection:
        for number in (1, 2):
            connection.run(f"SELECT %(id)s::uuid, {number}", {"id": uuid4()})
        connection.execute("DEALLOCATE ALL")
        assert connection.run("SELECT %(id)s::uuid, 3", {"id": uuid4()}).get_value(0, 1) == b"3"


def test_an_error_has_its_name_and_details(database: Database) -> None:
    with database.connection() as connection, pytest.raises(psycopg.errors.DivisionByZero):
        connection.run("SELECT 1 / %(none)s::int", {"none": 0})


def test_a_lost_connection_is_an_operational_error(database: Database) -> None:
    lost = direct.DirectConnection.connect(database.dsn, autocommit=True)
    lost.run(SUM, {"left": 1, "right": 1})
    with psycopg.connect(database.dsn, autocommit=True) as administrator:
        administrator.execute("SELECT pg_terminate_backend(%s, 5000)", (lost.info.backend_pid,))
    with pytest.raises(psycopg.OperationalError):
        lost.run(SUM, {"left": 1, "right": 1})
