# SPDX-License-Identifier: Apache-2.0
"""The log of refusals: who was refused what, and why."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any
from uuid import UUID

from pydantic import Field

from api.http.reading.line import Answer, Listed, Read
from api.http.rendering import localised
from projections.paging import InvalidPageToken

if TYPE_CHECKING:
    from api.http.reading.line import Visit

LARGEST = 2**63
COLUMNS = ("id", "refused_at", "user_id", "role", "organisation", "command", "code", "detail", "correlation_id")


class Wanted(Listed):
    """Which refusals."""

    user: UUID | None = None
    code: str | None = Field(default=None, max_length=200)
    command: str | None = Field(default=None, max_length=200)
    correlation: UUID | None = None


def refusals(visit: Visit, query: Wanted) -> Answer:
    """Refused commands and reads, the latest first."""
    rows: Any = visit.cursor.execute(
        "SELECT id, refused_at, user_id, role, organisation, command, code, detail, correlation_id FROM refusals"
        " WHERE (%(user)s::uuid IS NULL OR user_id = %(user)s) AND (%(code)s::text IS NULL OR code = %(code)s)"
        " AND (%(command)s::text IS NULL OR command = %(command)s)"
        " AND (%(correlation)s::uuid IS NULL OR correlation_id = %(correlation)s)"
        " AND (%(before)s::bigint IS NULL OR id < %(before)s) ORDER BY id DESC LIMIT %(rows)s",
        {
            "user": query.user,
            "code": query.code,
            "command": query.command,
            "correlation": query.correlation,
            "before": _before(query.cursor),
            "rows": query.limit + 1,
        },
    ).fetchall()
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows[: query.limit]]
    items = [{**item, "detail": localised(item["detail"])} for item in found]
    more = urlsafe_b64encode(str(items[-1]["id"]).encode()).decode() if len(rows) > query.limit else None
    return Answer({"items": items, "next_cursor": more})


def _before(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    try:
        before = int(urlsafe_b64decode(cursor.encode()))
    except ValueError as error:
        raise InvalidPageToken(cursor) from error
    if not 0 <= before < LARGEST:
        raise InvalidPageToken(cursor)
    return before


READS = (Read("/refusals", "refusals", Wanted, refusals, "What was refused, to whom and why"),)
