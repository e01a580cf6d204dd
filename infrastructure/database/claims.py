# SPDX-License-Identifier: Apache-2.0
"""Reads of the claim tables: the port `Claims`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from infrastructure.database.pool import Database


class PostgresClaims:
    """What is claimed now. Between this read and the append only the constraint decides."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _one(self, sql: str, parameters: tuple[object, ...]) -> Any:  # noqa: ANN401 - one column of any type
        with self._database.reading() as cursor:
            row = cursor.execute(sql, parameters, prepare=True).fetchone()
        return row[0] if row else None

    def free_lane(self, resource: UUID, capacity: int, start: datetime, end: datetime) -> int | None:
        """The lowest free lane of a resource over a span, if any."""
        lane: int | None = self._one(
            "SELECT min(free.lane) FROM generate_series(1, %s) AS free(lane) WHERE NOT EXISTS ("
            "SELECT FROM slot_claims s WHERE s.resource = %s AND s.lane = free.lane AND s.during && %s)",
            (capacity, resource, Range(start, end, "[)")),
        )
        return lane

    def owner(self, kind: str, value: str) -> UUID | None:
        """Whose key it is."""
        owner: UUID | None = self._one("SELECT owner FROM key_claims WHERE kind = %s AND value = %s", (kind, value))
        return owner

    def left(self, account: str) -> int | None:
        """What may still be drawn; None where there is no such account."""
        left: int | None = self._one("SELECT cap - used FROM account_claims WHERE account = %s", (account,))
        return left

    def used(self, accounts: Sequence[str]) -> dict[str, int]:
        """What is drawn of each account that there is, in one query."""
        with self._database.reading() as cursor:
            rows: Any = cursor.execute(
                "SELECT account, used FROM account_claims WHERE account = ANY(%s)", (list(accounts),), prepare=True
            ).fetchall()
        return dict(rows)

    def last_number(self, series: str) -> int:
        """The last number taken of a gapless series."""
        return self._one("SELECT last FROM series_claims WHERE series = %s", (series,)) or 0

    def holders(self, resource: UUID, start: datetime, end: datetime) -> Sequence[UUID]:
        """Who occupies a resource in a span, by start."""
        with self._database.reading() as cursor:
            rows: Any = cursor.execute(
                "SELECT holder FROM slot_claims WHERE resource = %s AND during && %s ORDER BY lower(during)",
                (resource, Range(start, end, "[)")),
            ).fetchall()
        return [row[0] for row in rows]
