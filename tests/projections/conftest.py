# SPDX-License-Identifier: Apache-2.0
"""A database in which read models stand alone, fed from histories written by hand."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from infrastructure.projecting.rows import CachedRows
from infrastructure.projecting.tables import create_indexes, create_tables
from tests.projections.memory_rows import History


class Stage:
    """Tables of read models in a schema of their own."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection

    def show(self, history: History) -> psycopg.Cursor[Any]:
        """Write the history's read model through the projector's own rows, and give a cursor to ask questions."""
        model = history.model
        create_tables(self.connection, model)
        rows = CachedRows(self.connection, empty=True)
        for recorded in history.events:
            if model.types is None or recorded.event.TYPE in model.types:
                model.apply(recorded, rows)
        rows.flush()
        for table in model.tables:
            create_indexes(self.connection, table)
        position = history.events[-1].position
        self.connection.execute("INSERT INTO read_models VALUES (%s, %s)", (model.name, position))
        return self.connection.cursor()


@pytest.fixture
def stage(worker_database: str) -> Iterator[Stage]:
    schema = sql.Identifier("projections_test")
    with psycopg.connect(worker_database, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(schema))
        connection.execute(sql.SQL("SET search_path = {}").format(schema))
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute("CREATE TABLE read_models (name text PRIMARY KEY, position bigint NOT NULL)")
        yield Stage(connection)
        connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema))
