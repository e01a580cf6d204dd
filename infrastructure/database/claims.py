# SPDX-License-Identifier: Apache-2.0
"""Reads of the claim tables: the port `Claims`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from psycopg.types.range import Range

from application.ports import Occupant

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from infrastructure.database.pool import Database


_FREE_LANE = """
    SELECT min(free.lane) FROM generate_series(1, %(capacity)s::int) AS free(lane)
    WHERE free.lane <> ALL(%(but)s::int[]) AND NOT EXISTS (SELECT FROM slot_claims s
        WHERE s.resource = %(resource)s::uuid AND s.lane = free.lane AND s.during && %(during)s::tstzrange)
"""
"""Asked for nearly as often as there is an append, and in the same way, without a cursor."""


class PostgresClaims:
    """What is claimed now. Between this read and the append only the constraint decides."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def _one(self, sql: str, parameters: tuple[object, ...] | dict[str, object]) -> Any:  # noqa: ANN401 - one column of any type
        with self._database.reading() as cursor:
            row = cursor.execute(sql, parameters, prepare=True).fetchone()
        return row[0] if row else None

    def free_lane(
        self, resource: UUID, capacity: int, start: datetime, end: datetime, *, but: Collection[int] = ()
    ) -> int | None:
        """The lowest free lane of a resource over a span, if any; not one of `but`."""
        asked = {"capacity": capacity, "but": list(but), "resource": resource, "during": Range(start, end, "[)")}
        with self._database.connection() as connection:
            lane = connection.run(_FREE_LANE, asked).get_value(0, 0)
        return int(lane) if lane else None

    def next_free(self, resource: UUID, capacity: int, start: datetime, end: datetime) -> datetime | None:
        """When a lane is free next for as long as `[start, end)`: when something on it ends, within 31 days."""
        found: datetime | None = self._one(
            "SELECT min(t.at) FROM (SELECT upper(e.during) AS at FROM slot_claims e WHERE e.resource = %(resource)s"
            " AND e.during && tstzrange(%(start)s, %(start)s + interval '31 days')) t WHERE t.at >= %(start)s"
            " AND EXISTS (SELECT FROM generate_series(1, %(capacity)s) AS free(lane) WHERE NOT EXISTS"
            " (SELECT FROM slot_claims s WHERE s.resource = %(resource)s AND s.lane = free.lane"
            " AND s.during && tstzrange(t.at, t.at + %(length)s)))",
            {"resource": resource, "capacity": capacity, "start": start, "length": end - start},
        )
        return found

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

    def occupants(self, resource: UUID, start: datetime, end: datetime) -> Sequence[Occupant]:
        """Who occupies which lane in a span, by start."""
        with self._database.reading() as cursor:
            rows: Any = cursor.execute(
                "SELECT holder, lane, lower(during), upper(during) FROM slot_claims"
                " WHERE resource = %s AND during && %s ORDER BY lower(during), lane",
                (resource, Range(start, end, "[)")),
            ).fetchall()
        return [Occupant(*row) for row in rows]
