# SPDX-License-Identifier: Apache-2.0
"""Rebuild read models beside the live ones, compare, and swap in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.tail import read_between
from infrastructure.projecting.projector import ensure_tracking
from infrastructure.projecting.rows import CachedRows
from infrastructure.projecting.tables import NEXT, create_indexes, create_tables, swap_tables
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import psycopg

    from infrastructure.database.pool import Database
    from projections.readmodel import ReadModel, Table

BATCH = 5_000


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found: the position it reached and how many rows differed from the live table."""

    name: str
    position: int
    differences: dict[str, int]


def rebuild(
    database: Database,
    names: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Rebuilt]:
    """Rebuild the read models named, all by default. Readers see the old tables until the swap.

    The new tables are filled up to where the live ones stand; the projector goes on from there. Raises
    `MigrationError` where the login may not act as the owner of the tables.
    """
    models = [model for model in READ_MODELS if names is None or model.name in names]
    with database.connect(owner=True) as connection:
        ensure_tracking(connection, models)
        return [_rebuild(connection, model, progress) for model in models]


def _rebuild(
    connection: psycopg.Connection[Any], model: ReadModel, progress: Callable[[int, int], None] | None
) -> Rebuilt:
    start = live_position(connection, model.name)
    rows = prepare(connection, model)
    feed(connection, [model], {model.name: rows}, 0, start, progress)
    for table in model.tables:
        create_indexes(connection, table, suffix=NEXT)
    with connection.transaction():
        # The leader's commit waits here, so that both tables stand at one position while they are compared.
        connection.execute("SELECT FROM read_models WHERE name = %s FOR UPDATE", (model.name,))
        end = live_position(connection, model.name)
        feed(connection, [model], {model.name: rows}, start, end)
        found = {table.name: differences(connection, table) for table in model.tables}
        swap_tables(connection, model)
        # A new epoch makes the leader start over with the new tables.
        connection.execute(
            "UPDATE read_models SET epoch = epoch + 1, failed_position = NULL, error = NULL WHERE name = %s",
            (model.name,),
        )
    return Rebuilt(model.name, end, found)


def live_position(connection: psycopg.Connection[Any], name: str) -> int:
    """Where the live tables of a read model stand."""
    row = connection.execute("SELECT position FROM read_models WHERE name = %s", (name,)).fetchone()
    return int(row[0]) if row else 0


def prepare(connection: psycopg.Connection[Any], model: ReadModel, *, temporary: bool = False) -> CachedRows:
    """Empty tables beside the live ones, and rows to fill them with."""
    create_tables(connection, model, suffix=NEXT, temporary=temporary)
    return CachedRows(connection, suffix=NEXT, empty=True)


def feed(
    connection: psycopg.Connection[Any],
    models: Sequence[ReadModel],
    rows: dict[str, CachedRows],
    start: int,
    end: int,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Apply the events of `(start, end]` to the rows of each model."""
    mapper = EventMapper(None)
    while start < end:
        batch = read_between(connection, start, end, BATCH)
        with connection.transaction():
            for item in batch:
                event = mapper.to_recorded(item.event, item.position, item.recorded_at)
                for model in models:
                    if model.types is None or event.event.TYPE in model.types:
                        model.apply(event, rows[model.name])
            for model in models:
                rows[model.name].flush()
        start = batch[-1].position if len(batch) == BATCH else end
        if progress:
            progress(start, end)


def differences(connection: psycopg.Connection[Any], table: Table) -> int:
    """How many rows stand in only one of the live and the rebuilt table."""
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    query = sql.SQL(
        "SELECT count(*) FROM ("
        "(SELECT {columns} FROM {live} EXCEPT SELECT {columns} FROM {rebuilt}) UNION ALL"
        " (SELECT {columns} FROM {rebuilt} EXCEPT SELECT {columns} FROM {live})) AS d"
    ).format(columns=columns, live=sql.Identifier(table.name), rebuilt=sql.Identifier(table.name + NEXT))
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
