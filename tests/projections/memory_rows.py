# SPDX-License-Identifier: Apache-2.0
"""Rows in memory, and a history by hand to feed read models with."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from uuid import NAMESPACE_OID, UUID, uuid5

import orjson

from domain.kernel.actor import Actor, Role
from domain.kernel.event import Event, Meta, Recorded
from projections.readmodel import ReadModel, Row, Table

CLERK = Actor(
    user=uuid5(NAMESPACE_OID, "clerk"), role=Role.MANAGING_UNIT, organisation=uuid5(NAMESPACE_OID, "provider")
)
MORNING = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def ident(name: str) -> UUID:
    """The id that an example calls by a name."""
    return uuid5(NAMESPACE_OID, name)


def at(text: str) -> datetime:
    """A moment on a Shanghai clock: `2026-01-31 23:00`."""
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


class MemoryRows:
    """Rows as the projector keeps them, without a database. Refuses what a table could not hold."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[tuple[str, ...], Row]] = {}

    def get(self, table: Table, *key: object) -> Row | None:
        row = self._of(table).get(_key(key))
        return None if row is None else dict(row)

    def put(self, table: Table, row: Row) -> None:
        assert row.keys() == table.columns.keys()
        for name, value in row.items():
            _check(table.columns[name], value)
        self._of(table)[_key(row[name] for name in table.key)] = dict(row)

    def change(self, table: Table, *key: object, **columns: object) -> None:
        self.put(table, self._of(table)[_key(key)] | columns)

    def add(self, table: Table, *key: object, **increments: int) -> None:
        empty = dict.fromkeys(table.columns, 0) | dict(zip(table.key, key, strict=True))
        row = self._of(table).get(_key(key), empty)
        self.put(table, row | {name: row[name] + increment for name, increment in increments.items()})

    def delete(self, table: Table, *key: object) -> None:
        self._of(table).pop(_key(key), None)

    def all(self, table: Table) -> list[Row]:
        """Every row, in the order of the key."""
        return [row for _, row in sorted(self._of(table).items())]

    def one(self, table: Table) -> Row:
        """The only row."""
        (row,) = self.all(table)
        return row

    def _of(self, table: Table) -> dict[tuple[str, ...], Row]:
        return self.tables.setdefault(table.name, {})


class History:
    """A log written by hand and applied to one read model as it grows."""

    def __init__(self, model: ReadModel) -> None:
        self.model = model
        self.rows = MemoryRows()
        self.events: list[Recorded] = []

    def add(self, stream: UUID, *events: Event, occurred_at: datetime = MORNING, actor: Actor = CLERK) -> "History":
        """Append events of one stream. Positions are 10, 20, 30 ..."""
        for event in events:
            position = 10 * (len(self.events) + 1)
            command = ident(f"command {position}")
            recorded = Recorded(
                stream=stream,
                version=sum(each.stream == stream for each in self.events) + 1,
                position=position,
                recorded_at=occurred_at,
                event=event,
                meta=Meta(
                    occurred_at=occurred_at, actor=actor, command_id=command, command="Example", correlation_id=command
                ),
            )
            self.events.append(recorded)
            if self.model.types is None or event.TYPE in self.model.types:
                self.model.apply(recorded, self.rows)
        return self

    def row(self, table: Table, *key: object) -> Row:
        """A row that must be there."""
        row = self.rows.get(table, *key)
        assert row is not None
        return row


def _key(parts: Iterable[object]) -> tuple[str, ...]:
    return tuple(str(part) for part in parts)


def _check(kind: str, value: object) -> None:
    """A row is written as JSON: the value must survive it, and a jsonb value must come back equal."""
    written = orjson.dumps(value)
    if kind in {"jsonb", "text[]"}:
        assert json.loads(written) == value
    python_type = {"bigint": int, "uuid": UUID, "text": str, "boolean": bool, "timestamptz": datetime, "date": date}
    if kind in python_type and value is not None:
        assert isinstance(value, python_type[kind]), (kind, value)
