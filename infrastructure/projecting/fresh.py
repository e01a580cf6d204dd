# SPDX-License-Identifier: Apache-2.0
"""Rows of tables that nobody reads yet: kept in memory until they change no more, then copied.

Most rows are therefore written once, however often history changed them.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import orjson
from psycopg import sql
from psycopg.types.json import set_json_dumps

from infrastructure.projecting.rows import CachedRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from infrastructure.projecting.kept import Kept, Key
    from projections.readmodel import Row, Table

KEPT_ROWS = 30_000
"""Of one table. The longest unchanged are written out first: those that history is done with."""


class FreshRows(CachedRows):
    """The rows of a read model whose tables are empty at first and belong to this object alone."""

    def __init__(self, connection: psycopg.Connection[Any], *, suffix: str) -> None:
        super().__init__(connection, suffix=suffix, empty=True)
        set_json_dumps(partial(orjson.dumps, default=str), connection)

    def flush(self) -> None:
        """Write out what is kept beyond measure; of a table whose rows were never asked for, everything."""
        for kept in self._tables.values():
            most = KEPT_ROWS if kept.asked else 0
            if len(kept.rows) > most:
                self._write_out(kept, len(kept.rows) - most * 3 // 4)

    def finish(self) -> None:
        """Write out everything."""
        for kept in self._tables.values():
            self._write_out(kept, len(kept.rows))

    def _find(self, kept: Kept, key: Key, values: Sequence[object]) -> Row | None:
        return self._read(kept.table, values) if hash(key) in kept.written else None

    def _write_out(self, kept: Kept, number: int) -> None:
        """The rows longest unchanged leave memory, and those among them that changed are written."""
        if kept.deleted:
            self._delete(kept.table, [values for key, values in kept.deleted.items() if hash(key) in kept.written])
            kept.deleted.clear()
        oldest = list(kept.rows)[:number]
        leaving = {key: row for key in oldest if (row := kept.rows.pop(key)) is not None and key in kept.changed}
        again = [row for key, row in leaving.items() if hash(key) in kept.written]
        if again:
            self._delete(kept.table, [tuple(row[name] for name in kept.table.key) for row in again])
        self._copy(kept.table, list(leaving.values()))
        kept.changed.difference_update(leaving)
        kept.written.update(map(hash, leaving))

    def _copy(self, table: Table, rows: list[Row]) -> None:
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(
            sql.Identifier(table.name + self._suffix), sql.SQL(", ").join(map(sql.Identifier, table.columns))
        )
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            copy.set_types(list(table.columns.values()))
            for row in rows:
                copy.write_row([row[name] for name in table.columns])
