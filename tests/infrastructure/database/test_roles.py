# SPDX-License-Identifier: Apache-2.0
"""History is append-only for whoever writes it, because the database says so; a gap is told, never hidden."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.database.pool import Database
from infrastructure.database.roles import APPEND_ONLY, app_of, auditor_of, drop_roles, owner_of
from infrastructure.database.schema import MigrationError
from infrastructure.history.append_only import append_only
from infrastructure.history.verify import verify
from infrastructure.migrate import migrate
from infrastructure.projecting.rebuild import rebuild
from projections.catalogue import READ_MODELS
from tests.infrastructure.projecting.toys import rename

HOME = "jiangsu"
COLUMN = {"events": "type", "commands": "body_hash", "refusals": "code"}


@pytest.fixture
def home(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions[HOME]


def changes(table: str) -> Iterator[sql.Composed]:
    column = sql.Identifier(COLUMN[table])
    yield sql.SQL("UPDATE {} SET {} = {}").format(sql.Identifier(table), column, column)
    yield sql.SQL("DELETE FROM {}").format(sql.Identifier(table))
    yield sql.SQL("TRUNCATE {}").format(sql.Identifier(table))


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_the_application_cannot_change_history(home: Jurisdiction, table: str) -> None:
    rename(home, "a")
    for change in changes(table):
        with pytest.raises(errors.InsufficientPrivilege), home.database.writing() as cursor:
            cursor.execute(change)
        with pytest.raises(errors.InsufficientPrivilege), home.database.connect() as connection:
            connection.execute(change)
    assert append_only_problems(home.database) == []


def test_the_application_cannot_lift_the_ban(home: Jurisdiction) -> None:
    with home.database.connect() as connection:
        for statement in (
            "ALTER TABLE events OWNER TO CURRENT_USER",
            "DROP TABLE events",
            "CREATE TABLE sham (id bigint PRIMARY KEY)",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement)
        connection.execute("GRANT UPDATE ON events TO CURRENT_USER")  # the server only warns, and does nothing
    assert append_only_problems(home.database) == []


def test_everything_the_application_needs_is_allowed(home: Jurisdiction) -> None:
    rename(home, "a")
    with home.database.writing() as cursor:
        for claims in ("slot_claims", "account_claims", "key_claims", "series_claims", "token_claims"):
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(claims)))
        cursor.execute("UPDATE read_models SET position = position")
        cursor.execute("DELETE FROM subject_keys")
        cursor.execute("CREATE TEMPORARY TABLE scratch (id bigint PRIMARY KEY) ON COMMIT DROP")


def test_the_auditor_reads_and_does_nothing_else(home: Jurisdiction, migrated_database: str) -> None:
    rename(home, "a")
    with acting(migrated_database, auditor_of(HOME)) as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone() == (1,)
        assert connection.execute("SELECT last_value FROM events_position_seq").fetchone()
        for table in (table for model in READ_MODELS for table in model.tables):
            connection.execute(sql.SQL("SELECT FROM {}").format(sql.Identifier(table.name)))
        assert append_only(connection).problems == []
        forbidden = (
            "INSERT INTO key_claims VALUES ('a', 'b', gen_random_uuid())",
            "UPDATE read_models SET position = 0",
            "SELECT wrapped FROM subject_keys",
        )
        statements: list[sql.Composable] = [*map(sql.SQL, forbidden), *changes("events")]
        for statement in statements:
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(statement.as_string(connection).encode())


def test_read_models_stay_open_to_both_after_a_rebuild(home: Jurisdiction, migrated_database: str) -> None:
    name = READ_MODELS[0].name
    table = sql.Identifier(READ_MODELS[0].tables[0].name)
    rebuild(home.database, [name])
    with home.database.writing() as cursor:
        cursor.execute(sql.SQL("DELETE FROM {}").format(table))
    with acting(migrated_database, auditor_of(HOME)) as connection:
        connection.execute(sql.SQL("SELECT FROM {}").format(table))


def test_verify_proves_the_grants(platform: Platform) -> None:
    checks = verify(platform).checks
    for name in platform.jurisdictions:
        assert checks[f"{name}.append_only"].as_dict() == {"ok": True, "count": 9, "problems": []}


@pytest.mark.parametrize("granted", ["UPDATE", "DELETE", "TRUNCATE", "UPDATE (state)"])
def test_verify_reports_whatever_was_granted_since(platform: Platform, granted: str) -> None:
    home = platform.jurisdictions[HOME]
    change = sql.SQL("{} {} ON events {} {}")
    role, privilege = sql.Identifier(app_of(HOME)), sql.SQL(granted)
    with home.database.connect(owner=True) as connection:
        connection.execute(change.format(sql.SQL("GRANT"), privilege, sql.SQL("TO"), role))
        found = verify(platform)
        connection.execute(change.format(sql.SQL("REVOKE"), privilege, sql.SQL("FROM"), role))
    privilege_name = granted.partition(" ")[0]
    assert not found.ok
    assert found.checks[f"{HOME}.append_only"].problems == [f"{HOME}_app may {privilege_name} events"]
    assert found.checks["chongqing.append_only"].ok


def test_verify_tells_tables_of_another_version(platform: Platform) -> None:
    home, name = platform.jurisdictions[HOME], READ_MODELS[0].name
    with home.database.writing() as cursor:
        cursor.execute("UPDATE read_models SET definition = 'older' WHERE name = %s", (name,))
    told = verify(platform).checks[f"{HOME}.read_models"].problems
    migrate(platform.dsn, HOME, HOME)
    assert told == [f"{name} has the tables of another version: run `tongchou migrate`"]
    assert verify(platform).ok


def test_migrate_takes_back_what_was_granted_since(home: Jurisdiction, migrated_database: str) -> None:
    with home.database.connect(owner=True) as connection:
        connection.execute(sql.SQL("GRANT UPDATE, DELETE ON events TO {}").format(sql.Identifier(app_of(HOME))))
    assert append_only_problems(home.database)
    migrate(migrated_database, HOME, HOME)
    assert append_only_problems(home.database) == []


def test_many_may_migrate_new_jurisdictions_at_once(worker_database: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: migrate(worker_database, "at_once", HOME), range(4)))
    assert sorted(map(len, done)) == [0, 0, 0, max(map(len, done))]
    with closing(Database(worker_database, "at_once", size=1)) as database:
        assert append_only_problems(database) == []


@pytest.fixture
def login(worker_database: str) -> Iterator[str]:
    """The connection of a login that may make schemas in the worker's database, and no roles."""
    name = f"login_{uuid4().hex[:12]}"
    with psycopg.connect(worker_database, autocommit=True) as administrator:
        administrator.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'secret'").format(sql.Identifier(name)))
        database = sql.Identifier(administrator.info.dbname)
        administrator.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {}").format(database, sql.Identifier(name)))
        yield make_conninfo(worker_database, user=name, password="secret")  # noqa: S106 - a test's own
        for schema in ("limited", "handed"):
            administrator.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(schema)))
        administrator.execute(sql.SQL("DROP OWNED BY {}").format(sql.Identifier(name)))
        administrator.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def test_where_the_login_may_make_no_roles_the_gap_is_told_and_closed(
    login: str, worker_database: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "tongchou.migrate"):
        assert migrate(login, "limited", HOME)
    advice = caplog.records[0].getMessage()
    user = psycopg.conninfo.conninfo_to_dict(login)["user"]
    with closing(Database(login, "limited", size=1)) as database:
        problems = append_only_problems(database)
        assert f"{user} may UPDATE events" in problems
        assert f"{user} owns refusals and may grant itself anything" in problems
        rebuild(database, [READ_MODELS[0].name])
    with psycopg.connect(worker_database, autocommit=True) as administrator:
        for statement in advice.partition(":\n")[2].split(";"):
            administrator.execute(statement.strip())
    caplog.clear()
    assert migrate(login, "limited", HOME) == []
    assert caplog.records == []
    with closing(Database(login, "limited", size=1)) as database:
        assert append_only_problems(database) == []
        rebuild(database, [READ_MODELS[0].name])


def test_a_login_of_the_application_alone_cannot_rebuild(login: str, worker_database: str) -> None:
    migrate(worker_database, "handed", HOME)
    user = psycopg.conninfo.conninfo_to_dict(login)["user"]
    grant = sql.SQL("GRANT {} TO {}").format(sql.Identifier(app_of("handed")), sql.Identifier(str(user)))
    with psycopg.connect(worker_database, autocommit=True) as administrator:
        administrator.execute(grant)
    with closing(Database(login, "handed", size=1)) as database:
        assert append_only_problems(database) == []
        with pytest.raises(MigrationError, match=f"may not act as {owner_of('handed')}"):
            rebuild(database)


def test_roles_of_a_schema_that_is_no_more_are_dropped_and_those_in_use_stay(worker_database: str) -> None:
    migrate(worker_database, "passing", HOME)
    with psycopg.connect(worker_database, autocommit=True) as administrator:
        drop_roles(administrator, "passing")
        assert administrator.execute("SELECT to_regrole('passing_owner') IS NULL").fetchone() == (False,)
        administrator.execute("DROP SCHEMA passing CASCADE")
        drop_roles(administrator, "passing")
        found = administrator.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'passing%'").fetchall()
    assert found == []


def append_only_problems(database: Database) -> list[str]:
    with database.connect() as connection:
        return append_only(connection).problems


def acting(dsn: str, role: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(dsn, autocommit=True, options=f"-c search_path={HOME},public -c role={role}")
