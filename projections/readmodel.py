# SPDX-License-Identifier: Apache-2.0
"""What a read model is: tables, and a function from an event to changed rows.

`apply` reads no clock, no randomness, no policy and no other read model; it sees rows of its own tables through
`Rows`, which keeps a batch in memory and writes it at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.event import Recorded

Row = dict[str, Any]


@dataclass(frozen=True)
class Table:
    """A table of a read model: columns with their SQL types, the key's columns first among equals.

    `indexes` are the part of CREATE INDEX after the table's name, for example "USING gin (grams)" or "(month)".
    """

    name: str
    key: tuple[str, ...]
    columns: dict[str, str]
    indexes: tuple[str, ...] = ()


class Rows(Protocol):
    """The rows of a read model's tables as they stand after the events applied so far."""

    def get(self, table: Table, *key: object) -> Row | None:
        """A copy of a row, or None."""

    def put(self, table: Table, row: Row) -> None:
        """Insert or replace a whole row: every column must be given."""

    def change(self, table: Table, *key: object, **columns: object) -> None:
        """Set columns of a row that exists. Raises KeyError otherwise."""

    def add(self, table: Table, *key: object, **increments: int) -> None:
        """Add to numeric columns; a missing row starts at zero in every column that is not of the key."""

    def delete(self, table: Table, *key: object) -> None:
        """Remove a row, if it exists."""


@dataclass(frozen=True)
class ReadModel:
    """One projection. A change of `version` or of its tables makes `migrate` rebuild it."""

    name: str
    tables: tuple[Table, ...]
    apply: Callable[[Recorded, Rows], None]
    version: int = 1
    types: frozenset[str] | None = field(default=None)
    """Event types it reads; None for all. Others only advance its position."""
