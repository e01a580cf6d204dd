# SPDX-License-Identifier: Apache-2.0
"""Reading pages: conditions with their parameters, and keyset pagination that neither skips nor repeats a row.

A page and its position agree exactly when the caller reads in a transaction of one snapshot (repeatable read).
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

from projections.readmodel import Row, Table

Cursor = psycopg.Cursor[Any]
MOST_ROWS = 1_000


class InvalidPageToken(ValueError):
    """A page token that this list has not given out."""


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, the token of the page that follows (None at the end), and the log position they show."""

    rows: list[Row]
    next: str | None
    position: int


@dataclass(frozen=True, slots=True)
class Keyset:
    """An order of rows. Its columns are never null and together unique."""

    columns: tuple[str, ...]
    descending: bool = False


@dataclass
class Where:
    """Conditions joined by AND."""

    parts: list[sql.Composable] = field(default_factory=list)
    parameters: list[object] = field(default_factory=list)

    def equals(self, **columns: object) -> "Where":
        """Each column equals its value; None asks nothing."""
        for name, value in columns.items():
            if value is not None:
                self.parts.append(sql.SQL("{} = %s").format(sql.Identifier(name)))
                self.parameters.append(value)
        return self

    def one_of(self, column: str, values: Sequence[str] | None) -> "Where":
        """The text column holds one of the values; None asks nothing."""
        if values is not None:
            self.parts.append(sql.SQL("{} = ANY(%s)").format(sql.Identifier(column)))
            self.parameters.append(list(values))
        return self

    def holds(self, condition: LiteralString, *parameters: object) -> "Where":
        """A condition in SQL, asked only where none of its parameters is None."""
        if None not in parameters:
            self.parts.append(sql.SQL(condition))
            self.parameters.extend(parameters)
        return self

    @property
    def sql(self) -> sql.Composable:
        """All conditions; TRUE where there is none."""
        return sql.SQL(" AND ").join(self.parts) if self.parts else sql.SQL("TRUE")


def fetch(cursor: Cursor, query: LiteralString | sql.Composed, parameters: Sequence[object] = ()) -> list[Row]:
    """All rows of a query as dictionaries, whatever rows the caller's cursor makes."""
    with cursor.connection.cursor(row_factory=dict_row) as own:
        return own.execute(query, parameters).fetchall()


def position_of(cursor: Cursor, model: str) -> int:
    """The log position up to which a read model is complete."""
    found = fetch(cursor, "SELECT position FROM read_models WHERE name = %s", (model,))
    return int(found[0]["position"]) if found else 0


def find(cursor: Cursor, table: Table, **key: object) -> Row | None:
    """The row that equals `key` in every column named, if there is one."""
    where = Where().equals(**key)
    query = sql.SQL("SELECT * FROM {} WHERE {}").format(sql.Identifier(table.name), where.sql)
    found = fetch(cursor, query, where.parameters)
    return found[0] if found else None


def read_page(
    cursor: Cursor,
    model: str,
    table: Table,
    where: Where,
    order: Keyset,
    *,
    after: str | None,
    limit: int,
    without: frozenset[str] = frozenset(),
) -> Page:
    """A page of at most `limit` rows that follow the token `after`, `without` some columns.

    Raises `InvalidPageToken`.
    """
    position = position_of(cursor, model)
    columns = sql.SQL(", ").join(_sortable(table, name) for name in order.columns)
    conditions, parameters = [where.sql], list(where.parameters)
    if after is not None:
        marks = sql.SQL(", ").join([sql.SQL("%s")] * len(order.columns))
        sign = sql.SQL("<" if order.descending else ">")
        conditions.append(sql.SQL("({}) {} ({})").format(columns, sign, marks))
        parameters.extend(decode_token(table, order, after))
    direction = sql.SQL(" DESC" if order.descending else "")
    shown = [name for name in table.columns if name not in without]
    query = sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY {} LIMIT %s").format(
        sql.SQL(", ").join(map(sql.Identifier, shown)),
        sql.Identifier(table.name),
        sql.SQL(" AND ").join(conditions),
        sql.SQL(", ").join(_sortable(table, name) + direction for name in order.columns),
    )
    size = max(1, min(limit, MOST_ROWS))
    rows = fetch(cursor, query, [*parameters, size + 1])
    token = encode_token(order, rows[size - 1]) if len(rows) > size else None
    return Page(rows[:size], token, position)


def encode_token(order: Keyset, row: Row) -> str:
    """Where a page ended, as an opaque word."""
    return urlsafe_b64encode(json.dumps([row[name] for name in order.columns], default=str).encode()).decode()


def decode_token(table: Table, order: Keyset, token: str) -> list[object]:
    """The values of the order's columns at which a page ended. Raises `InvalidPageToken`."""
    try:
        values = json.loads(urlsafe_b64decode(token.encode()))
        kinds = [_READERS[table.columns[name]] for name in order.columns]
        return [read(value) for read, value in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, AttributeError) as error:
        raise InvalidPageToken(token) from error


def _text(value: str) -> str:
    if "\0" in value:
        raise ValueError(value)
    return value


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.tzinfo is None:
        raise ValueError(value)
    return instant


_READERS: dict[str, Callable[[Any], object]] = {
    "uuid": UUID,
    "bigint": int,
    "date": date.fromisoformat,
    "timestamptz": _instant,
    "text": _text,
}


def _sortable(table: Table, column: str) -> sql.Composable:
    """Text is ordered by code point: the embedded server has no Chinese collation, and indexes must agree."""
    name = sql.Identifier(column)
    return name + sql.SQL(' COLLATE "C"') if table.columns[column] == "text" else name
