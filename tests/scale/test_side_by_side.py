# SPDX-License-Identifier: Apache-2.0
"""Rules 1 to 6: a jurisdiction is one schema on one server; nothing it does touches another."""

from typing import Any
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent
from psycopg import errors, sql

from application.errors import SlotTaken
from domain.kernel.claims import HoldSlot, NextNumber, TakeKey
from infrastructure.bootstrap import Jurisdiction, Platform
from infrastructure.event_store.recorder import CommandRow
from infrastructure.event_store.statement import LOCK, append_sql
from infrastructure.event_store.tail import final_position, lock_key
from infrastructure.history.verify import verify
from infrastructure.projecting.projector import leader_key
from infrastructure.projecting.rebuild import rebuild
from tests.fixtures import NOON
from tests.infrastructure.projecting.toys import rename


@pytest.fixture
def first(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions["jiangsu"]


@pytest.fixture
def second(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions["chongqing"]


def contents(home: Jurisdiction) -> dict[str, list[Any]]:
    """Every row of every table, and where the sequences stand."""
    with home.database.connect(owner=True) as connection:
        names = connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind IN ('r', 'S')",
            (home.name,),
        ).fetchall()
        return {
            name: sorted(map(repr, connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(name)))))
            for (name,) in names
        }


def project(home: Jurisdiction) -> None:
    projector = home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()


def test_two_jurisdictions_live_in_one_database_and_do_not_touch_each_other(
    platform: Platform, first: Jurisdiction, second: Jurisdiction
) -> None:
    rename(second, "untouched")
    project(second)
    before = contents(second)
    stream, resource, holder, command = uuid4(), uuid4(), uuid4(), uuid4()
    claims = (HoldSlot(holder, resource, 1, NOON, NOON.replace(hour=9)), TakeKey("kind", "value", stream))
    for home in (first, second):
        # The very same ids, slots, keys, numbers and command: each schema knows only its own.
        home.recorder.insert_events(
            [StoredEvent(stream, 1, "parties.UnitRenamed", b'{"v":1,"d":{},"m":{}}')],
            claims=[*claims, NextNumber("series", 1)],
            command=CommandRow(command, "hash", "{}"),
        )
        with pytest.raises(SlotTaken):
            home.recorder.insert_events(
                [StoredEvent(uuid4(), 1, "t", b"{}")],
                claims=[HoldSlot(uuid4(), resource, 1, NOON, NOON.replace(hour=9))],
                command=CommandRow(uuid4(), "hash", "{}"),
            )
        if home is first:
            assert contents(second) == before
    assert platform.dsn == first.database.dsn == second.database.dsn


def test_whatever_one_does_leaves_the_other_as_it_was(first: Jurisdiction, second: Jurisdiction) -> None:
    before = contents(second)
    rename(first, "a", "b")
    project(first)
    rebuild(first.database)
    assert contents(second) == before


def test_verify_reports_each_and_sums_the_positions(
    platform: Platform, first: Jurisdiction, second: Jurisdiction
) -> None:
    ends = [rename(first, "a", "b"), rename(second, "a")]
    report = verify(platform)
    assert report.position == sum(ends)
    assert {name.partition(".")[0] for name in report.checks} == set(platform.jurisdictions)


def test_a_transaction_cannot_reach_into_another_jurisdiction(first: Jurisdiction, second: Jurisdiction) -> None:
    rename(second, "a")
    other = sql.Identifier(second.name, "events")
    for statement in ("SELECT FROM {}", "INSERT INTO {} (stream) VALUES (gen_random_uuid())"):
        with pytest.raises(errors.InsufficientPrivilege), first.database.writing() as cursor:
            cursor.execute(sql.SQL(statement).format(other))


def test_the_schema_comes_from_the_connection(first: Jurisdiction, second: Jurisdiction) -> None:
    for home in (first, second):
        for connect in (home.database.connection, home.database.connect):
            with connect() as connection:
                found = connection.execute("SELECT current_schema(), current_user").fetchone()
            assert found == (home.name, f"{home.name}_app")


def test_writers_projector_and_readers_share_one_server(first: Jurisdiction) -> None:
    server = "SELECT system_identifier, pg_is_in_recovery() FROM pg_control_system()"
    with first.database.connection() as pooled, first.database.connect() as own:
        assert pooled.execute(server).fetchone() == own.execute(server).fetchone()
        assert pooled.execute(server).fetchone()[1] is False  # type: ignore[index]


def test_a_standby_is_no_server_to_write_or_read_the_tail_on(first: Jurisdiction) -> None:
    with first.database.connection() as connection:
        assert connection.info.get_parameters()["target_session_attrs"] == "read-write"


def test_a_position_is_an_identity_that_the_database_gives(first: Jurisdiction) -> None:
    with first.database.reading() as cursor:
        found = cursor.execute(
            "SELECT data_type, is_identity, identity_generation FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = 'events' AND column_name = 'position'"
        ).fetchone()
    assert found == ("bigint", "YES", "ALWAYS")


def test_locks_are_told_apart_by_the_schemas_name() -> None:
    schemas = ["jiangsu", "chongqing", *(f"city_{number}" for number in range(1_000))]
    keys = [key(schema) for schema in schemas for key in (lock_key, leader_key)]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("inside", [True, False], ids=["single", "split"])
def test_an_append_holds_the_lock_of_its_own_schema_alone(
    first: Jurisdiction, second: Jurisdiction, *, inside: bool
) -> None:
    """So that whoever reads the tail waits for it, and readers of another jurisdiction do not."""
    statement, values = append_sql([StoredEvent(uuid4(), 1, "t", b"{}")], with_command=False, lock_inside=inside)
    values |= {"lock": first.recorder.lock, "recorded_at": None}
    held = "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND pid = %s AND mode = 'ShareLock' AND granted"
    with first.database.connection() as writer, first.database.connect() as watching, writer.transaction():
        if not inside:
            writer.execute(LOCK, values)
        writer.execute(statement, values)
        assert watching.execute(held, (writer.info.backend_pid,)).fetchall() == [(lock_key(first.name),)]
        with second.database.connect() as other:
            assert final_position(other, lock_key(second.name)) >= 0


def test_the_command_row_stands_and_falls_with_its_events(first: Jurisdiction) -> None:
    stream, command = uuid4(), uuid4()
    event = StoredEvent(stream, 1, "t", b"{}")
    first.recorder.insert_events([event], command=CommandRow(command, "hash", "{}"))
    refused = uuid4()
    with pytest.raises(Exception, match="version_conflict"):
        first.recorder.insert_events([event], command=CommandRow(refused, "hash", "{}"))
    with first.database.reading() as cursor:
        rows = cursor.execute(
            "SELECT c.command_id, c.xmin = e.xmin FROM commands c JOIN events e ON e.position = c.position"
        ).fetchall()
    assert rows == [(command, True)]
