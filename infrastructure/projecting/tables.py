# SPDX-License-Identifier: Apache-2.0
"""DDL of read models, made from their definitions."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from psycopg import sql

if TYPE_CHECKING:
    import psycopg

    from projections.readmodel import ReadModel, Table

NEXT = "_next"
"""Suffix of the tables that a rebuild fills beside the live ones."""


def definition_hash(model: ReadModel) -> str:
    """Changes when the tables or the version of a read model change."""
    return hashlib.sha256(repr((model.version, model.tables)).encode()).hexdigest()


def create_tables(
    connection: psycopg.Connection[Any], model: ReadModel, *, suffix: str = "", temporary: bool = False
) -> None:
    """Make the empty tables of a read model, replacing what stands under these names."""
    for table in model.tables:
        name = sql.Identifier(table.name + suffix)
        place = sql.SQL("TEMPORARY ") if temporary else sql.SQL("")
        # A temporary table replaces a temporary one: a rebuild may be filling tables of the same name.
        replaced = sql.Identifier("pg_temp", table.name + suffix) if temporary else name
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(replaced))
        columns = sql.SQL(", ").join(
            sql.SQL("{} {}{}").format(
                sql.Identifier(column),
                sql.SQL(kind),
                sql.SQL(" NOT NULL" if column in table.key else ""),
            )
            for column, kind in table.columns.items()
        )
        connection.execute(
            sql.SQL("CREATE {place}TABLE {name} ({columns}, CONSTRAINT {pk} PRIMARY KEY ({key}))").format(
                place=place,
                name=name,
                columns=columns,
                pk=sql.Identifier(f"{table.name}{suffix}_pk"),
                key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
            )
        )


def create_indexes(connection: psycopg.Connection[Any], table: Table, *, suffix: str = "") -> None:
    """Make the secondary indexes, after the rows: cheaper than keeping them while filling."""
    for place, definition in enumerate(table.indexes, start=1):
        connection.execute(
            sql.SQL("CREATE INDEX {name} ON {table} {definition}").format(
                name=sql.Identifier(f"{table.name}{suffix}_ix{place}"),
                table=sql.Identifier(table.name + suffix),
                definition=sql.SQL(definition),
            )
        )


def swap_tables(connection: psycopg.Connection[Any], model: ReadModel) -> None:
    """Put the rebuilt tables in the place of the live ones; the caller's transaction makes it one instant."""
    for table in model.tables:
        connection.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(table.name)))
        _rename(connection, "TABLE", table.name + NEXT, table.name)
        _rename(connection, "INDEX", f"{table.name}{NEXT}_pk", f"{table.name}_pk")
        for place in range(1, len(table.indexes) + 1):
            _rename(connection, "INDEX", f"{table.name}{NEXT}_ix{place}", f"{table.name}_ix{place}")


def _rename(connection: psycopg.Connection[Any], kind: str, old: str, new: str) -> None:
    connection.execute(
        sql.SQL("ALTER {kind} {old} RENAME TO {new}").format(
            kind=sql.SQL(kind),
            old=sql.Identifier(old),
            new=sql.Identifier(new),
        )
    )
