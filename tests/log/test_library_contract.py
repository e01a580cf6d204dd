# SPDX-License-Identifier: Apache-2.0
"""The library's own test case for application recorders passes against ours, in both forms of the append.

Not its `NonInterleavingNotificationIDsBaseCase`: that demands what the stock recorder's table lock gave, and our
positions of two transactions may interleave.
"""

from collections.abc import Iterator

import pytest
from eventsourcing.persistence import IntegrityError, StoredEvent
from eventsourcing.tests import persistence
from psycopg import Connection
from psycopg.sql import SQL, Identifier

from application.errors import VersionConflict
from infrastructure.database.pool import Database
from infrastructure.event_store.recorder import PostgresRecorder
from infrastructure.migrate import migrate

SCHEMA = "library_contract"


class TestSingleStatement(persistence.ApplicationRecorderTestCase[PostgresRecorder]):
    """The lock inside the statement, as we run by default."""

    LOCK_INSIDE = True
    database: Database

    @pytest.fixture(autouse=True)
    def _empty_log(self, worker_database: str) -> Iterator[None]:
        """Each of the library's tests counts positions from 1."""
        migrate(worker_database, SCHEMA, "jiangsu")
        self.database = Database(worker_database, SCHEMA)
        yield
        self.database.close()
        with Connection.connect(worker_database, autocommit=True) as connection:
            connection.execute(SQL("DROP SCHEMA {} CASCADE").format(Identifier(SCHEMA)))

    def create_recorder(self) -> PostgresRecorder:
        return PostgresRecorder(self.database, lock_inside=self.LOCK_INSIDE)

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()

    def test_a_conflict_speaks_both_languages(self) -> None:
        """The library catches its own `IntegrityError`, the bus the application's `VersionConflict`: it is one."""
        recorder = self.create_recorder()
        event = StoredEvent(self.new_originator_id(), 1, "topic", b"")
        recorder.insert_events([event])
        with pytest.raises(IntegrityError) as refused:
            recorder.insert_events([event])
        assert isinstance(refused.value, VersionConflict)
        assert refused.value.code == VersionConflict.code


class TestSplitForm(TestSingleStatement):
    """The lock as a statement of its own, for a sharded engine."""

    LOCK_INSIDE = False
