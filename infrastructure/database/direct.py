# SPDX-License-Identifier: Apache-2.0
"""Statements straight through libpq, for the append and what is asked as often.

Psycopg's cursor takes as much of the client's processor as the append takes of the server's. A statement that is run
as often as this one is therefore prepared by hand, and its call is one blocking call of libpq, which leaves the
interpreter to the other threads. Values are still written by psycopg's own dumpers.
"""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

import psycopg
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import InvalidSqlStatementName, error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from psycopg.pq.abc import PGresult

MOST_PREPARED = 100
"""Of one connection; the oldest goes first."""
_NAMED = re.compile(r"%\((\w+)\)s")
_BINARY = {UUID: PyFormat.BINARY, bytes: PyFormat.BINARY}
"""All other values travel as text: a number's binary form depends on its size, which the statement does not know."""
_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class DirectConnection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that can also run a statement without a cursor."""

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - psycopg's own signature
        super().__init__(*arguments, **options)
        self._direct: dict[str, bytes] = {}
        self._direct_count = 0
        self._direct_dumper = Transformer(self)

    def run(self, sql: str, values: Mapping[str, Any]) -> PGresult:
        """Prepare a statement where it is new here, and run it. Its text must cast each value to its type.

        Raises what a cursor would raise; a lost connection is always an `OperationalError` without a SQLSTATE.
        """
        text, names = _positional(sql)
        row = [values[name] for name in names]
        dumped: Any = self._direct_dumper.dump_sequence(row, [_BINARY.get(type(value), PyFormat.TEXT) for value in row])
        formats = self._direct_dumper.formats
        prepared = self._direct.get(sql) or self._prepare(sql, text)
        try:
            return self._checked(self.pgconn.exec_prepared(prepared, dumped, formats))
        except InvalidSqlStatementName:  # nothing was done: psycopg deallocates all statements after a rollback
            self._direct.clear()
            return self._checked(self.pgconn.exec_prepared(self._prepare(sql, text), dumped, formats))

    def _prepare(self, sql: str, text: bytes) -> bytes:
        while len(self._direct) >= MOST_PREPARED:
            oldest = self._direct.pop(next(iter(self._direct)))
            with suppress(InvalidSqlStatementName):  # gone with a rollback
                self._checked(self.pgconn.exec_(b"DEALLOCATE " + oldest))
        self._direct_count += 1
        name = b"direct_%d" % self._direct_count  # never psycopg's own names
        self._checked(self.pgconn.prepare(name, text))
        self._direct[sql] = name
        return name

    def _checked(self, result: PGresult) -> PGresult:
        if result.status in _DONE:
            return result
        # Errors without a SQLSTATE are libpq's own: it lost the server, or could not even send.
        if self.pgconn.status == ConnStatus.BAD or not result.error_field(DiagnosticField.SQLSTATE):
            raise psycopg.OperationalError(result.get_error_message())
        raise error_from_result(result, self.info.encoding)


@cache
def _positional(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """The statement with libpq's placeholders, and the names of the values in their order."""
    names = tuple(dict.fromkeys(_NAMED.findall(sql)))
    return _NAMED.sub(lambda found: f"${names.index(found[1]) + 1}", sql).encode(), names
