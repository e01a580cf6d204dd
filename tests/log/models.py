# SPDX-License-Identifier: Apache-2.0
"""Read models of the tests, and a projector that runs in a thread as the worker's does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event as Signal
from threading import Thread
from typing import Any

from psycopg import sql

from domain.kernel.event import Recorded
from domain.parties.events import UnitRenamed
from infrastructure.bootstrap import Jurisdiction
from infrastructure.database.pool import Database
from infrastructure.event_store.mapper import EventMapper
from infrastructure.projecting.projector import Projector
from projections.readmodel import ReadModel, Rows, Table
from tests.log.waiting import LIMIT_SECONDS


@dataclass
class Renamings:
    """Counts renamings by new name; breaks at the names it was told to, until those are mended."""

    name: str
    breaks_at: set[str] = field(default_factory=set)

    @property
    def table(self) -> Table:
        return Table(f"{self.name}_counts", ("name",), {"name": "text", "times": "bigint"}, ("(times)",))

    @property
    def model(self) -> ReadModel:
        return ReadModel(self.name, (self.table,), self._apply)

    def counts(self, home: Jurisdiction) -> dict[str, int]:
        with home.database.reading() as cursor:
            query = sql.SQL("SELECT name, times FROM {}").format(sql.Identifier(self.table.name))
            return dict(cursor.execute(query).fetchall())

    def _apply(self, event: Recorded, rows: Rows) -> None:
        if isinstance(event.event, UnitRenamed):
            name = event.event.name_zh
            if name in self.breaks_at:
                raise ArithmeticError(name)
            rows.add(self.table, name, times=1)


def tracking(home: Jurisdiction, name: str) -> tuple[int, int | None, str | None]:
    """Position, position of the event it failed at, and the error."""
    with home.database.reading() as cursor:
        row: Any = cursor.execute(
            "SELECT position, failed_position, error FROM read_models WHERE name = %s", (name,)
        ).fetchone()
    return row or (0, None, None)


def forget(home: Jurisdiction, *models: Renamings) -> None:
    """Leave nothing of the tests' own read models behind."""
    with home.database.connect(owner=True) as connection:
        for model in models:
            connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(model.table.name)))
            connection.execute("DELETE FROM read_models WHERE name = %s", (model.name,))


@contextmanager
def follow(database: Database, *models: ReadModel) -> Iterator[Projector]:
    """A projector that follows the log in a thread of its own, without any hint."""
    projector, stop = Projector(database, EventMapper(None), models), Signal()
    thread = Thread(target=projector.run, args=(stop,), daemon=True)
    thread.start()
    try:
        yield projector
        assert thread.is_alive(), "the projector goes on, whatever happens"
    finally:
        stop.set()
        thread.join(LIMIT_SECONDS)
