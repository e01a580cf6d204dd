# SPDX-License-Identifier: Apache-2.0
"""Rows of a batch in memory: read once, changed many times, written in one statement per table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from psycopg import sql

from infrastructure.projecting.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    import psycopg

    from infrastructure.projecting.kept import Key
    from projections.readmodel import Row, Table

KEPT_ROWS = 50_000
"""Of one table, between two batches."""


class CachedRows:
    """The rows of one read model. Only one writer exists (the leader), so that a row read once stays true.

    `suffix` names the tables beside the live ones while they are rebuilt; `empty` says that nothing is stored yet,
    which spares looking up rows that cannot exist.
    """

    def __init__(self, connection: psycopg.Connection[Any], *, suffix: str = "", empty: bool = False) -> None:
        self._connection = connection
        self._suffix = suffix
        self._empty = empty
        self._tables: dict[str, Kept] = {}
        self._statements: dict[tuple[str, str], bytes] = {}
        self._expected: dict[int, UUID] = {}
        self._read_ahead_of: set[str] = set()

    def expect(self, streams: Iterable[UUID]) -> None:
        """Whose events follow: of a table that is kept by stream, the first row asked for brings all of theirs."""
        self._expected = {stream.int: stream for stream in streams}
        self._read_ahead_of.clear()

    def get(self, table: Table, *key: object) -> Row | None:
        """A copy of a row, or None."""
        kept = self._kept(table)
        row = self._row(kept, kept.key_of(key), key)
        return row.copy() if row is not None else None

    def put(self, table: Table, row: Row) -> None:
        """Insert or replace a whole row."""
        if row.keys() != table.columns.keys():
            message = f"{table.name}: a row needs exactly the columns {sorted(table.columns)}, got {sorted(row)}"
            raise ValueError(message)
        kept = self._kept(table)
        kept.set(kept.key_of_row(row), row.copy())

    def change(self, table: Table, *key: object, **columns: object) -> None:
        """Set columns of a row that exists. Raises KeyError otherwise."""
        kept = self._kept(table)
        place = kept.key_of(key)
        row = self._row(kept, place, key)
        if row is None:
            message = f"{table.name} has no row {key}"
            raise KeyError(message)
        if not columns.keys() <= row.keys():
            message = f"{table.name} has no columns {sorted(columns.keys() - row.keys())}"
            raise ValueError(message)
        kept.set(place, row | columns)

    def add(self, table: Table, *key: object, **increments: int) -> None:
        """Add to numeric columns; a missing row starts at zero."""
        kept = self._kept(table)
        place = kept.key_of(key)
        known = self._row(kept, place, key)
        row: Row = dict.fromkeys(table.columns, 0) if known is None else known.copy()
        row.update(zip(table.key, key, strict=True))
        for name, increment in increments.items():
            row[name] += increment
        kept.set(place, row)

    def delete(self, table: Table, *key: object) -> None:
        """Remove a row, if it exists."""
        kept = self._kept(table)
        kept.remove(kept.key_of(key), key)

    def flush(self) -> None:
        """Write every changed row. The caller's transaction decides whether it holds."""
        for kept in self._tables.values():
            if kept.deleted:
                self._delete(kept.table, list(kept.deleted.values()))
            if kept.changed:
                self._upsert(kept.table, [row for key in kept.changed if (row := kept.rows[key]) is not None])
            kept.settled()
            kept.drop_oldest(KEPT_ROWS)

    def finish(self) -> None:
        """Write what is still unwritten, at the end of a history."""
        self.flush()

    def forget(self) -> None:
        """Drop everything after a failed batch."""
        self._tables.clear()

    def _kept(self, table: Table) -> Kept:
        kept = self._tables.get(table.name)
        if kept is None:
            kept = self._tables[table.name] = Kept(table, complete=self._empty)
        return kept

    def _row(self, kept: Kept, key: Key, values: Sequence[object]) -> Row | None:
        kept.asked = True
        if key not in kept.rows:
            kept.rows[key] = self._find(kept, key, values)
        return kept.rows[key]

    def _find(self, kept: Kept, key: Key, values: Sequence[object]) -> Row | None:
        if kept.complete:
            return None
        if key in self._expected and kept.by_stream and kept.table.name not in self._read_ahead_of:
            self._read_ahead(kept)
            return kept.rows[key]
        return self._read(kept.table, values)

    def _read_ahead(self, kept: Kept) -> None:
        """Every row of the batch's streams in one statement, and which of them have none."""
        self._read_ahead_of.add(kept.table.name)
        wanted = {number: stream for number, stream in self._expected.items() if number not in kept.rows}
        found = self._connection.execute(
            self._statement("several", kept.table), (list(wanted.values()),), prepare=True
        ).fetchall()
        kept.rows.update(dict.fromkeys(wanted))
        for values in found:
            row = dict(zip(kept.table.columns, values, strict=True))
            kept.rows[kept.key_of_row(row)] = row

    def _read(self, table: Table, values: Sequence[object]) -> Row | None:
        row = self._connection.execute(
            self._statement("read", table), [str(value) for value in values], prepare=True
        ).fetchone()
        return dict(zip(table.columns, row, strict=True)) if row else None

    def _upsert(self, table: Table, rows: list[Row]) -> None:
        written = orjson.dumps(rows, default=str).decode()
        self._connection.execute(self._statement("upsert", table), (written,), prepare=True)

    def _delete(self, table: Table, keys: list[tuple[object, ...]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(self._statement("delete", table), [[str(value) for value in key] for key in keys])

    def _statement(self, kind: str, table: Table) -> bytes:
        """The text of a statement, put together once."""
        if (kind, table.name) not in self._statements:
            composed = _STATEMENTS[kind](table, sql.Identifier(table.name + self._suffix))
            self._statements[kind, table.name] = composed.as_bytes(self._connection)
        return self._statements[kind, table.name]


def _reading(table: Table, name: sql.Identifier) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL("SELECT {} FROM {} WHERE {}").format(columns, name, _condition(table))


def _reading_several(table: Table, name: sql.Identifier) -> sql.Composed:
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    return sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s::uuid[])").format(columns, name, sql.Identifier(table.key[0]))


def _upserting(table: Table, name: sql.Identifier) -> sql.Composed:
    others = [column for column in table.columns if column not in table.key]
    update = sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in others)
    return sql.SQL(
        "INSERT INTO {table} ({columns}) SELECT {columns}"
        " FROM jsonb_populate_recordset(NULL::{table}, %s::jsonb) ON CONFLICT ({key}) DO {action}"
    ).format(
        table=name,
        columns=sql.SQL(", ").join(map(sql.Identifier, table.columns)),
        key=sql.SQL(", ").join(map(sql.Identifier, table.key)),
        action=sql.SQL("UPDATE SET ") + update if others else sql.SQL("NOTHING"),
    )


def _deleting(table: Table, name: sql.Identifier) -> sql.Composed:
    return sql.SQL("DELETE FROM {} WHERE {}").format(name, _condition(table))


_STATEMENTS = {"read": _reading, "several": _reading_several, "upsert": _upserting, "delete": _deleting}


def _condition(table: Table) -> sql.Composed:
    """Key columns compared with text parameters cast to the column's type."""
    return sql.SQL(" AND ").join(
        sql.SQL("{name} = %s::{type}").format(name=sql.Identifier(name), type=sql.SQL(table.columns[name]))
        for name in table.key
    )
