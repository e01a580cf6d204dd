# SPDX-License-Identifier: Apache-2.0
"""Rebuild read models beside the live ones, compare, and swap in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from psycopg import sql

from domain.catalogue import EVENT_TYPES
from infrastructure.event_store.mapper import EventMapper
from infrastructure.event_store.tail import read_between
from infrastructure.long_run import long_run
from infrastructure.projecting.fresh import FreshRows
from infrastructure.projecting.projector import ensure_tracking
from infrastructure.projecting.sharing import in_shares
from infrastructure.projecting.tables import NEXT, create_indexes, create_tables, swap_tables
from projections.catalogue import READ_MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import psycopg

    from infrastructure.database.pool import Database
    from infrastructure.projecting.rows import CachedRows
    from projections.readmodel import ReadModel, Table

    Progress = Callable[[int, int], None]

BATCH = 5_000
FILLING = ("SET synchronous_commit = off", "SET maintenance_work_mem = '256MB'", "SET work_mem = '64MB'")
"""Until the swap nothing need survive a crash: whoever rebuilds begins anew then."""


@dataclass(frozen=True)
class Rebuilt:
    """What a rebuild found: the position it reached and how many rows differed from the live table."""

    name: str
    position: int
    differences: dict[str, int]


def rebuild(database: Database, names: Sequence[str] | None = None, progress: Progress | None = None) -> list[Rebuilt]:
    """Rebuild the read models named, all by default. Readers see the old tables until the swap.

    The new tables are filled up to where the live ones stand; the projector goes on from there. A long log is read by
    two processes. Raises `MigrationError` where the login may not act as the owner of the tables.
    """
    models = [model for model in READ_MODELS if names is None or model.name in names]
    with database.connect(owner=True) as connection:
        ensure_tracking(connection, models)
        ends = {model.name: live_position(connection, model.name) for model in models}
    done = in_shares(database, models, max(ends.values(), default=0), rebuild_share, progress)
    return sorted(done, key=lambda made: list(ends).index(made.name))


def rebuild_share(database: Database, names: Sequence[str], progress: Progress) -> list[Rebuilt]:
    """Rebuild the read models of a share in one pass over the log."""
    models = [model for model in READ_MODELS if model.name in names]
    with long_run(), database.connect(owner=True) as connection:
        for setting in FILLING:
            connection.execute(setting)
        rows = {model.name: prepare(connection, model) for model in models}
        starts = {model.name: live_position(connection, model.name) for model in models}
        for end in sorted(set(starts.values())):
            alike = [model for model in models if starts[model.name] == end]
            feed(connection, alike, rows, 0, end, progress)
        for table in (table for model in models for table in model.tables):
            create_indexes(connection, table, suffix=NEXT)
        connection.execute("SET synchronous_commit = on")
        return [_swap(connection, model, rows[model.name], starts[model.name]) for model in models]


def _swap(connection: psycopg.Connection[Any], model: ReadModel, rows: CachedRows, start: int) -> Rebuilt:
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


def prepare(
    connection: psycopg.Connection[Any], model: ReadModel, *, temporary: bool = False, suffix: str = NEXT
) -> FreshRows:
    """Empty tables beside the live ones, and rows to fill them with.

    Temporary ones without a suffix stand before the live ones on this connection: queries read them instead.
    """
    create_tables(connection, model, suffix=suffix, temporary=temporary)
    return FreshRows(connection, suffix=suffix)


def feed(
    connection: psycopg.Connection[Any],
    models: Sequence[ReadModel],
    rows: Mapping[str, CachedRows],
    start: int,
    end: int,
    progress: Progress | None = None,
) -> None:
    """Apply the events of `(start, end]` to the rows of each model, and write them all."""
    mapper = EventMapper(None)
    following = {topic: [model for model in models if _follows(model, topic)] for topic in EVENT_TYPES}
    while start < end:
        batch = read_between(connection, start, end, BATCH)
        with connection.transaction():
            for item in batch:
                followers = following.get(item.event.topic, models)
                if followers:
                    event = mapper.to_recorded(item.event, item.position, item.recorded_at)
                    for model in followers:
                        model.apply(event, rows[model.name])
            for model in models:
                rows[model.name].flush()
        start = batch[-1].position if len(batch) == BATCH else end
        if progress:
            progress(start, end)
    with connection.transaction():
        for model in models:
            rows[model.name].finish()


def _follows(model: ReadModel, topic: str) -> bool:
    return model.types is None or topic in model.types


def differences(connection: psycopg.Connection[Any], table: Table) -> int:
    """How many rows stand in only one of the live and the rebuilt table, or otherwise in the other."""
    key = sql.SQL(", ").join(map(sql.Identifier, table.key))
    query = sql.SQL(
        "SELECT count(*) FROM {live} AS l FULL JOIN {rebuilt} AS r USING ({key})"
        " WHERE ({before}) IS DISTINCT FROM ({after})"
    ).format(
        live=sql.Identifier(table.name),
        rebuilt=sql.Identifier(table.name + NEXT),
        key=key,
        before=_columns_of("l", table),
        after=_columns_of("r", table),
    )
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _columns_of(alias: str, table: Table) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(alias, column) for column in table.columns)
