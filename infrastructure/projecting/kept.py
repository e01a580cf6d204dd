# SPDX-License-Identifier: Apache-2.0
"""The rows of one table in memory, under keys that compare fast: a UUID by its number."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from projections.readmodel import Row, Table

    Key = Hashable


@dataclass(slots=True)
class Kept:
    """Rows in the order of their last change; None stands for a row that is not there.

    `complete` says that every row there is is kept; `asked` that somebody has looked for one; `by_stream` that the key
    is an id alone, most often that of a stream.
    """

    table: Table
    complete: bool
    rows: dict[Key, Row | None] = field(default_factory=dict)
    changed: set[Key] = field(default_factory=set)
    deleted: dict[Key, tuple[object, ...]] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    asked: bool = False
    by_stream: bool = field(init=False)
    key_of: Callable[[Sequence[object]], Key] = field(init=False)
    key_of_row: Callable[[Row], Key] = field(init=False)

    def __post_init__(self) -> None:
        names = self.table.key
        kinds = [self.table.columns[name] for name in names]
        self.by_stream = kinds == ["uuid"]
        self.key_of = _number_alone if self.by_stream else partial(_together, [_PLAIN.get(kind, str) for kind in kinds])
        alone, key_of = names[0], self.key_of
        self.key_of_row = (
            (lambda row: _number(row[alone])) if self.by_stream else (lambda row: key_of([row[name] for name in names]))
        )

    def set(self, key: Key, row: Row) -> None:
        """Put a row at the end of the order."""
        self.rows.pop(key, None)
        self.rows[key] = row
        self.changed.add(key)
        if self.deleted:
            self.deleted.pop(key, None)

    def remove(self, key: Key, values: tuple[object, ...]) -> None:
        """Remember that there is no such row any more."""
        self.rows.pop(key, None)
        self.rows[key] = None
        self.changed.discard(key)
        self.deleted[key] = values

    def settled(self) -> None:
        """Everything changed has been written."""
        self.changed.clear()
        self.deleted.clear()

    def drop_oldest(self, left: int) -> None:
        """Forget all rows but the latest."""
        if len(self.rows) > left:
            for key in list(self.rows)[: len(self.rows) - left]:
                del self.rows[key]
            self.complete = False


def _number_alone(values: Sequence[Any]) -> int:
    return _number(values[0])


def _number(value: UUID | str) -> int:
    return value.int if isinstance(value, UUID) else UUID(str(value)).int


def _together(plain: Sequence[Callable[[Any], Key]], values: Sequence[object]) -> Key:
    return tuple([read(value) for read, value in zip(plain, values, strict=True)])


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _instant(value: datetime | str) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


_PLAIN: dict[str, Callable[[Any], Key]] = {"uuid": _number, "bigint": int, "date": _day, "timestamptz": _instant}
