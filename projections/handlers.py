# SPDX-License-Identifier: Apache-2.0
"""What a read model does on each event, one small function per kind of change."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar, get_args, get_type_hints

from domain.kernel.event import Event, Recorded
from projections.readmodel import Row, Rows, Table

Handler = TypeVar("Handler", bound=Callable[..., None])


class Handlers:
    """A registry of functions `(event, recorded, rows)`, chosen by the event types their first parameter names.

    Several functions may follow the same event: they run in the order of the file.
    """

    def __init__(self) -> None:
        self._of: dict[str, list[Callable[[Any, Recorded, Rows], None]]] = {}

    def __call__(self, handler: Handler) -> Handler:
        """Register `handler` for the event types in the annotation of its first parameter."""
        hint = next(iter(get_type_hints(handler).values()))
        self.follow(get_args(hint) or (hint,), handler)
        return handler

    def follow(self, types: Iterable[type[Event]], handler: Callable[[Any, Recorded, Rows], None]) -> None:
        """Register `handler` for the event types given."""
        for event_type in types:
            self._of.setdefault(event_type.TYPE, []).append(handler)

    def states(self, table: Table, states: Mapping[type[Event], str | None]) -> None:
        """Set the columns `state` (None keeps it) and `version` of the stream's row on each of these events."""
        for event_type, state in states.items():
            self.follow([event_type], _state_setter(table, state))

    @property
    def types(self) -> frozenset[str]:
        """The event types that matter here; all others only advance the position."""
        return frozenset(self._of)

    def apply(self, recorded: Recorded, rows: Rows) -> None:
        """Change the rows as the event demands."""
        for handler in self._of.get(recorded.event.TYPE, ()):
            handler(recorded.event, recorded, rows)


def _state_setter(table: Table, state: str | None) -> Callable[[Event, Recorded, Rows], None]:
    def set_state(_event: Event, recorded: Recorded, rows: Rows) -> None:
        amend(rows, table, recorded, **({} if state is None else {"state": state}))

    return set_state


def new_row(table: Table, **columns: object) -> Row:
    """A whole row of `table`; columns left out are null. Raises KeyError for a column it does not have."""
    row: Row = dict.fromkeys(table.columns)
    row.update(columns)
    if len(row) != len(table.columns):
        raise KeyError(f"{table.name} has no columns {sorted(columns.keys() - table.columns.keys())}")
    return row


def known(rows: Rows, table: Table, *key: object) -> Row:
    """A row that history has made. Raises KeyError where it has not."""
    row = rows.get(table, *key)
    if row is None:
        raise KeyError(f"{table.name} has no row {key}")
    return row


def amend(rows: Rows, table: Table, recorded: Recorded, **columns: object) -> None:
    """Set columns of the stream's row, and the stream's version with them."""
    rows.change(table, recorded.stream, version=recorded.version, **columns)
