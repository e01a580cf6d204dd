# SPDX-License-Identifier: Apache-2.0
"""Rules 7 and 8: where nobody can say whether it was done, it is done again under its id; no COMMIT is cancelled."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent
from psycopg import errors

from application.bus import Request
from application.command import Result
from application.errors import CommandRepeated, Unavailable, VersionConflict
from application.parties.issue_access_token import IssueAccessToken
from application.parties.register_user import RegisterUser
from domain.kernel.actor import Actor, Role
from infrastructure.bootstrap import Jurisdiction, Platform, open_platform
from infrastructure.database.constraints import OutcomeUnknown, is_outage
from infrastructure.database.embedded import embedded_server
from infrastructure.database.pool import Database
from infrastructure.event_store.log import PostgresEventLog
from infrastructure.event_store.recorder import CommandRow, PostgresRecorder
from infrastructure.migrate import migrate
from infrastructure.settings import Settings
from tests.log.waiting import LIMIT_SECONDS, until

SYSTEM = Actor(user=UUID(int=7), role=Role.SYSTEM)
ALREADY_DONE = (CommandRepeated, VersionConflict)
"""Whichever row the database looks at first; on either the command is looked up."""


@pytest.fixture
def home(platform: Platform) -> Jurisdiction:
    return platform.jurisdictions["jiangsu"]


def register(home: Jurisdiction, command_id: UUID) -> Result:
    command = RegisterUser(name="孟知微", user_kind="individual")
    return home.bus.execute(Request(command, SYSTEM, command_id, command_id))


def registered(home: Jurisdiction) -> int:
    with home.database.reading() as cursor:
        row = cursor.execute("SELECT count(*) FROM events WHERE type = 'parties.UserRegistered'").fetchone()
    return int(row[0]) if row else 0


class Faltering(PostgresRecorder):
    """Loses the connection once: before the commit, or after it and before the answer."""

    lost: str | None = None

    def insert_events(self, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever the recorder takes
        lost, self.lost = self.lost, None
        if lost == "before":
            raise OutcomeUnknown
        done = super().insert_events(*arguments, **named)
        if lost == "after":
            raise OutcomeUnknown
        return done


def faltering(home: Jurisdiction, lost: str) -> Jurisdiction:
    recorder = Faltering(home.database)
    recorder.lost = lost
    log = PostgresEventLog(recorder, home.log.mapper)
    return replace(home, bus=replace(home.bus, log=log))


@pytest.mark.parametrize(("lost", "repeated"), [("before", False), ("after", True)])
def test_a_lost_answer_doubles_nothing_and_loses_nothing(home: Jurisdiction, lost: str, *, repeated: bool) -> None:
    command_id = uuid4()
    done = register(faltering(home, lost), command_id)
    assert (registered(home), done.repeated) == (1, repeated)
    assert replace(register(home, command_id), repeated=repeated) == done


@pytest.mark.parametrize(
    "kind",
    [
        errors.ConnectionException,
        errors.ConnectionDoesNotExist,
        errors.ConnectionFailure,
        errors.SqlclientUnableToEstablishSqlconnection,
        errors.AdminShutdown,
        errors.CrashShutdown,
        errors.CannotConnectNow,
        errors.ReadOnlySqlTransaction,
        errors.InternalError_,
    ],
)
def test_the_states_of_an_unknown_outcome_are_known(kind: type[psycopg.Error]) -> None:
    assert is_outage(kind("away"))


@pytest.mark.parametrize("kind", [errors.UniqueViolation, errors.DeadlockDetected, errors.UndefinedTable])
def test_what_certainly_failed_is_no_unknown_outcome(kind: type[psycopg.Error]) -> None:
    assert not is_outage(kind("refused"))


def test_a_connection_ended_by_the_administrator_is_replaced_and_the_command_done(
    home: Jurisdiction, migrated_database: str
) -> None:
    """57P01 in the middle of an append that waits."""
    command = CommandRow(uuid4(), "hash", "{}")
    event = StoredEvent(uuid4(), 1, "t", b"{}")
    waiting = "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with (
        psycopg.connect(migrated_database, autocommit=True) as administrator,
        home.database.connect() as holder,
        ThreadPoolExecutor(1) as threads,
        holder.transaction(force_rollback=True),
    ):
        holder.execute("INSERT INTO commands VALUES (%s, '', '{}', 0)", (command.command_id,))
        appended = threads.submit(home.recorder.insert_events, [event], command=command)
        until(lambda: administrator.execute(waiting).fetchone(), "it waits")
        administrator.execute(f"SELECT pg_terminate_backend(pid) FROM ({waiting}) AS waiting")  # noqa: S608 - ours
        with pytest.raises(OutcomeUnknown):
            appended.result(LIMIT_SECONDS)
    assert len(home.recorder.insert_events([event], command=command)) == 1


def test_a_connection_that_has_become_read_only_is_given_up(migrated_database: str) -> None:
    """25006: what was the primary is the primary no longer."""
    database = Database(migrated_database, "jiangsu", size=1)
    with database.connection() as connection:
        connection.execute("SET default_transaction_read_only = on")
    with pytest.raises(OutcomeUnknown), database.reading() as cursor:
        cursor.execute("DELETE FROM key_claims")
    with database.reading() as cursor:
        cursor.execute("DELETE FROM key_claims")
    database.close()


def test_what_hangs_is_ended_by_closing_its_socket(migrated_database: str) -> None:
    database = Database(migrated_database, "jiangsu", size=1, watchdog_seconds=0.4)
    begun = time.monotonic()
    with pytest.raises(OutcomeUnknown), database.reading() as cursor:
        cursor.execute("SELECT pg_sleep(30)")
    assert 0.4 <= time.monotonic() - begun < 5
    with database.reading() as cursor:
        assert cursor.execute("SELECT 1").fetchone() == (1,)
    database.close()


def test_what_ends_in_time_is_left_alone(migrated_database: str) -> None:
    database = Database(migrated_database, "jiangsu", size=1, watchdog_seconds=0.2)
    for _ in range(8):
        with database.reading() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")
    with database.connection() as connection:
        pid = connection.info.backend_pid
    time.sleep(0.4)
    with database.connection() as connection:
        assert connection.info.backend_pid == pid
    database.close()


class Synchronous:
    """A server whose commits wait for a standby that never answers, until they are let go."""

    def __init__(self, dsn: str, home: Jurisdiction) -> None:
        self.dsn = dsn
        self.home = home
        self.user = register(home, uuid4()).id
        self.administrator = psycopg.connect(dsn, autocommit=True)

    def stand_still(self) -> None:
        self._wait_for("nobody")

    def let_go(self) -> None:
        self._wait_for("")

    def waiting(self) -> int | None:
        """The backend whose COMMIT waits."""
        query = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' ORDER BY xact_start LIMIT 1"
        row = self.administrator.execute(query).fetchone()
        return row[0] if row else None

    def cancel(self) -> None:
        """Cancel the wait, as an impatient client or administrator would."""
        self.administrator.execute("SELECT pg_cancel_backend(%s)", (self.waiting(),))

    def _wait_for(self, standby: str) -> None:
        self.administrator.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{standby}'")
        self.administrator.execute("SELECT pg_reload_conf()")
        until(
            lambda: self.administrator.execute("SHOW synchronous_standby_names").fetchone() == (standby,),
            "the server names its standby",
        )
        time.sleep(0.1)  # the backends read it a little later


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Synchronous]:
    folder = tmp_path_factory.mktemp("synchronous")
    with embedded_server(folder / "server") as embedded:
        migrate(embedded.dsn(), "jiangsu", "jiangsu")
        settings = Settings(database_url=embedded.dsn(), data_dir=folder)
        with open_platform(settings, embedded.dsn()) as platform:
            synchronous = Synchronous(embedded.dsn(), platform.jurisdictions["jiangsu"])
            yield synchronous
            synchronous.let_go()
            synchronous.administrator.close()


@pytest.fixture
def standing_still(server: Synchronous) -> Iterator[Synchronous]:
    server.let_go()
    server.stand_still()
    yield server
    server.let_go()


def test_the_server_reports_success_where_no_standby_has_it(standing_still: Synchronous) -> None:
    """Why all this is needed: psycopg alone sees a commit that went well."""
    with ThreadPoolExecutor(1) as threads, standing_still.home.database.connect() as connection:
        notices: list[str | None] = []
        connection.add_notice_handler(lambda notice: notices.append(notice.sqlstate))
        done = threads.submit(connection.execute, "INSERT INTO series_claims VALUES (%s, 1)", (str(uuid4()),))
        until(standing_still.waiting, "it waits for the standby")
        standing_still.cancel()
        assert done.result(LIMIT_SECONDS).rowcount == 1
        assert notices == ["01000"]


@pytest.mark.parametrize("inside", [True, False], ids=["single", "split"])
def test_a_commit_that_no_standby_confirmed_is_not_acknowledged(standing_still: Synchronous, *, inside: bool) -> None:
    recorder = PostgresRecorder(standing_still.home.database, lock_inside=inside)
    event, command = StoredEvent(uuid4(), 1, "t", b"{}"), CommandRow(uuid4(), "hash", "{}")
    with ThreadPoolExecutor(1) as threads:
        appended = threads.submit(recorder.insert_events, [event], command=command)
        until(standing_still.waiting, "it waits for the standby")
        standing_still.cancel()
        with pytest.raises(OutcomeUnknown):
            appended.result(LIMIT_SECONDS)
    standing_still.let_go()
    with pytest.raises(ALREADY_DONE):
        recorder.insert_events([event], command=command)


def test_the_command_is_answered_once_the_standby_has_it(standing_still: Synchronous) -> None:
    home, command_id = standing_still.home, uuid4()
    command = IssueAccessToken(user=standing_still.user, token_hash=uuid4().hex * 2, role=Role.AUDITOR)
    with ThreadPoolExecutor(1) as threads:
        request = Request(command, SYSTEM, command_id, command_id)
        answer: Future[Result] = threads.submit(home.bus.execute, request)
        until(standing_still.waiting, "it waits for the standby")
        standing_still.cancel()
        until(lambda: answered(home, command_id) and standing_still.waiting(), "committed, and waiting")
        assert not answer.done(), "the replay waits for the standby before it answers"
        standing_still.let_go()
        assert answer.result(LIMIT_SECONDS).repeated
    assert [event.event.TYPE for event in home.log.stream(standing_still.user)] == [
        "parties.UserRegistered",
        "parties.AccessTokenIssued",
    ]


def answered(home: Jurisdiction, command_id: UUID) -> bool:
    with home.database.reading() as cursor:
        return cursor.execute("SELECT FROM commands WHERE command_id = %s", (command_id,)).fetchone() is not None


def test_a_commit_that_waits_for_ever_is_given_up_without_cancelling_it(standing_still: Synchronous) -> None:
    database = Database(standing_still.dsn, "jiangsu", size=2, watchdog_seconds=0.4)
    recorder = PostgresRecorder(database)
    event, command = StoredEvent(uuid4(), 1, "t", b"{}"), CommandRow(uuid4(), "hash", "{}")
    with pytest.raises(Unavailable):
        recorder.insert_events([event], command=command)
    assert standing_still.waiting(), "the server still works on it"
    standing_still.let_go()
    until(lambda: answered(standing_still.home, command.command_id), "it is committed")
    with pytest.raises(ALREADY_DONE):
        recorder.insert_events([event], command=command)
    database.close()
