# SPDX-License-Identifier: Apache-2.0
"""Rows of a batch in memory: read once, changed many times, written in one statement per table."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import orjson
from psycopg import sql

if TYPE_CHECKING:
    import psycopg

    from projections.readmodel import Row, Table

KEPT_ROWS = 200_000
Key = tuple[str, ...]


class CachedRows:
    """The rows of one read model. Only one writer exists (the leader), so that a row read once stays true.

    `suffix` names the tables beside the live ones while they are rebuilt; `empty` says that nothing is stored yet,
    which spares looking up rows that cannot exist.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, suffix: str = "", empty: bool = False) -> None:
        self._connection = connection
        self._suffix = suffix
        self._empty = empty
        self._rows: OrderedDict[tuple[str, Key], Row | None] = OrderedDict()
        self._changed: dict[tuple[str, Key], Table] = {}

    def get(self, table: Table, *key: object) -> Row | None:
        """A copy of a row, or None."""
        row = self._row(table, _text(key))
        return dict(row) if row is not None else None

    def put(self, table: Table, row: Row) -> None:
        """Insert or replace a whole row."""
        if row.keys() != table.columns.keys():
            message = f"{table.name}: a row needs exactly the columns {sorted(table.columns)}, got {sorted(row)}"
            raise ValueError(message)
        self._set(table, _text(row[name] for name in table.key), dict(row))

    def change(self, table: Table, *key: object, **columns: object) -> None:
        """Set columns of a row that exists. Raises KeyError otherwise."""
        row = self.get(table, *key)
        if row is None:
            message = f"{table.name} has no row {key}"
            raise KeyError(message)
        self.put(table, row | columns)

    def add(self, table: Table, *key: object, **increments: int) -> None:
        """Add to numeric columns; a missing row starts at zero."""
        row = self.get(table, *key)
        if row is None:
            row = dict.fromkeys(table.columns, 0) | dict(zip(table.key, key, strict=True))
        for name, increment in increments.items():
            row[name] += increment
        self.put(table, row)

    def delete(self, table: Table, *key: object) -> None:
        """Remove a row, if it exists."""
        self._set(table, _text(key), None)

    def flush(self) -> None:
        """Write every changed row. The caller's transaction decides whether it holds."""
        by_table: dict[str, tuple[Table, list[Row], list[Key]]] = {}
        for (name, key), table in self._changed.items():
            _, puts, deletes = by_table.setdefault(name, (table, [], []))
            row = self._rows[name, key]
            if row is None:
                deletes.append(key)
            else:
                puts.append(row)
        for table, puts, deletes in by_table.values():
            if deletes:
                self._delete(table, deletes)
            if puts:
                self._upsert(table, puts)
        self._changed.clear()
        while len(self._rows) > KEPT_ROWS:
            self._rows.popitem(last=False)
            self._empty = False

    def forget(self) -> None:
        """Drop everything after a failed batch."""
        self._rows.clear()
        self._changed.clear()

    def _set(self, table: Table, key: Key, row: Row | None) -> None:
        self._rows[table.name, key] = row
        self._rows.move_to_end((table.name, key))
        self._changed[table.name, key] = table

    def _row(self, table: Table, key: Key) -> Row | None:
        place = (table.name, key)
        if place not in self._rows:
            self._rows[place] = None if self._empty else self._read(table, key)
        return self._rows[place]

    def _read(self, table: Table, key: Key) -> Row | None:
        query = sql.SQL("SELECT {columns} FROM {table} WHERE {condition}").format(
            columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
            table=self._named(table),
            condition=_condition(table),
        )
        row = self._connection.execute(query, key, prepare=True).fetchone()
        return dict(zip(table.columns, row, strict=True)) if row else None

    def _named(self, table: Table) -> sql.Identifier:
        return sql.Identifier(table.name + self._suffix)

    def _upsert(self, table: Table, rows: list[Row]) -> None:
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        others = [name for name in table.columns if name not in table.key]
        update = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(name)) for name in others)
        query = sql.SQL(
            "INSERT INTO {table} ({columns}) SELECT {columns}"
            " FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) ON CONFLICT ({key}) DO {action}"
        ).format(
            table=self._named(table),
            columns=columns,
            key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
            action=sql.SQL("UPDATE SET ") + update if others else sql.SQL("NOTHING"),
        )
        self._connection.execute(query, (orjson.dumps(rows, default=str).decode(),), prepare=True)

    def _delete(self, table: Table, keys: list[Key]) -> None:
        query = sql.SQL("DELETE FROM {table} WHERE {condition}").format(
            table=self._named(table), condition=_condition(table)
        )
        with self._connection.cursor() as cursor:
            cursor.executemany(query, keys)


def _text(key: Any) -> Key:  # noqa: ANN401 - any iterable of key values
    return tuple(str(part) for part in key)


def _condition(table: Table) -> sql.Composed:
    """Key columns compared with text parameters cast to the column's type."""
    return sql.SQL(" AND ").join(
        sql.SQL("{name} = %s::{type}").format(name=sql.Identifier(name), type=sql.SQL(table.columns[name]))
        for name in table.key
    )
