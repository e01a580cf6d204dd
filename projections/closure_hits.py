# SPDX-License-Identifier: Apache-2.0
"""Reservations that lie in a time that is, or is to be, closed or under maintenance."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from domain.kernel.time import Span
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import Row

OPEN = ["requested", "confirmed", "in_use"]
"""States in which a reservation still takes its time."""

_IDS = """
    SELECT DISTINCT r.id FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS t(low, high)
    JOIN reservations r ON r.starts_at < t.high AND r.ends_at > t.low AND r.state = ANY(%s)
    WHERE r.resource IN (SELECT id FROM instruments WHERE unit = %s) LIMIT %s
"""
_ROWS = """
    SELECT DISTINCT r.id AS reservation, r.resource AS instrument, r.starts_at, r.ends_at, r.lane, r.state, r.external,
        r.user_id AS user
    FROM unnest(%s::timestamptz[], %s::timestamptz[]) AS t(low, high)
    JOIN reservations r ON r.starts_at < t.high AND r.ends_at > t.low AND r.state = ANY(%s)
    WHERE r.resource = ANY(%s) AND (%s::bigint[] IS NULL OR r.lane = ANY(%s::bigint[]))
    ORDER BY r.starts_at, r.id LIMIT %s
"""


def ids_of_unit(cursor: Cursor, unit: UUID, spans: Iterable[Span], *, most: int) -> list[UUID]:
    """Reservations of the unit's instruments whose use lies in one of the spans, `most` of them."""
    return [row["id"] for row in fetch(cursor, _IDS, (*_times(spans), unit, most))]


def hits(
    cursor: Cursor,
    resources: Sequence[UUID],
    spans: Iterable[Span],
    *,
    lanes: Sequence[int] | None = None,
    most: int = 500,
) -> tuple[list[Row], int]:
    """The same with what is shown of each, by start, and the log position it shows."""
    chosen = list(lanes) if lanes else None
    position = position_of(cursor, "reservations")
    return fetch(cursor, _ROWS, (*_times(spans), list(resources), chosen, chosen, most)), position


def _times(spans: Iterable[Span]) -> tuple[list[datetime], list[datetime], list[str]]:
    known = list(spans)
    return [each.start for each in known], [each.end for each in known], OPEN


def instruments_of(cursor: Cursor, unit: UUID) -> list[UUID]:
    """The instruments that a unit holds today."""
    return [row["id"] for row in fetch(cursor, "SELECT id FROM instruments WHERE unit = %s", (unit,))]
