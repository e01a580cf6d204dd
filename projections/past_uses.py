# SPDX-License-Identifier: Apache-2.0
"""Uses of one instrument that have ended, by the time that they really took."""

from datetime import datetime, timedelta
from uuid import UUID

from projections.paging import Cursor, fetch

LONGEST = timedelta(days=31)
"""How long before a use the booking may have begun: a bound for the index, longer than any booking."""


def uses_between(cursor: Cursor, resource: UUID, start: datetime, end: datetime) -> list[UUID]:
    """The reservations whose use touches `[start, end)`, by their start; as far as the read model has come."""
    rows = fetch(
        cursor,
        "SELECT id FROM reservations WHERE resource = %s AND starts_at > %s AND starts_at < %s"
        " AND used_from < %s AND used_until > %s ORDER BY starts_at, id",
        (resource, start - LONGEST, end + LONGEST, end, start),
    )
    return [row["id"] for row in rows]
