# SPDX-License-Identifier: Apache-2.0
"""The registry behind the port: read models, asked in one snapshot so that all figures belong to one position."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from projections import duplicates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from domain.purchasing.facilities import Matches, Search
    from domain.purchasing.warning import Survey
    from infrastructure.database.pool import Database
    from projections.paging import Cursor

SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


class ReadModelRegistry:
    """Answers from the read models of one jurisdiction, as far as they are fed; the position says how far."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def duplicates(self, search: Search, as_of: datetime) -> Matches:
        """Shared facilities that resemble what is sought."""
        with self._snapshot() as cursor:
            return duplicates.duplicates(cursor, search, as_of)

    def survey(self, least_instruments: int, as_of: datetime) -> Survey:
        """How much each class of instruments is used.

        It goes through the whole province and may take longer than a pooled connection is lent for.
        """
        with closing(self._database.connect()) as connection, connection.transaction():
            cursor = connection.execute(SNAPSHOT)
            return duplicates.survey(cursor, least_instruments, as_of)

    @contextmanager
    def _snapshot(self) -> Iterator[Cursor]:
        with self._database.connection() as connection, connection.transaction():
            yield connection.execute(SNAPSHOT)
