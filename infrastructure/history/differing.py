# SPDX-License-Identifier: Apache-2.0
"""Which rows of a read model are not what a rebuild makes of history, and in which columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg import sql

from infrastructure.projecting.tables import NEXT

if TYPE_CHECKING:
    import psycopg

    from projections.readmodel import Row, Table


def differing(connection: psycopg.Connection[Any], table: Table, limit: int) -> list[str]:
    """The first rows, by their key, that differ from the table rebuilt beside the live one: at most `limit`."""
    keys = sql.SQL(", ").join(map(sql.Identifier, table.key))
    query = sql.SQL(
        "SELECT to_jsonb(live), to_jsonb(rebuilt) FROM {live} AS live FULL JOIN {rebuilt} AS rebuilt USING ({keys})"
        " WHERE live IS DISTINCT FROM rebuilt ORDER BY {keys} LIMIT %s"
    ).format(live=sql.Identifier(table.name), rebuilt=sql.Identifier(table.name + NEXT), keys=keys)
    return [_told(table, *row) for row in connection.execute(query, (limit,)).fetchall()]


def _told(table: Table, live: Row | None, rebuilt: Row | None) -> str:
    known = live or rebuilt or {}
    key = f"{table.name} {', '.join(f'{name} {known[name]}' for name in table.key)}"
    if live is None:
        return f"{key}: is missing"
    if rebuilt is None:
        return f"{key}: should not be there"
    wrong = [name for name in table.columns if live[name] != rebuilt[name]]
    return f"{key}: {'; '.join(f'{name} is {live[name]}, rebuilt {rebuilt[name]}' for name in wrong)}"
