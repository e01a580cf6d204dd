# SPDX-License-Identifier: Apache-2.0
"""Who waits for time on which instruments, in the order of joining, and what became of it."""

from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.waiting_events import (
    WaitlistJoined,
    WaitlistLapsed,
    WaitlistLeft,
    WaitlistNotified,
    WaitlistPassedOver,
    WaitlistServed,
)
from projections.handlers import Handlers, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

ENTRIES = Table(
    "waiting_entries",
    ("id",),
    {
        "id": "uuid",
        "user_id": "uuid",
        "resources": "jsonb",
        "minutes": "bigint",
        "earliest": "timestamptz",
        "latest": "timestamptz",
        "from_minute": "bigint",
        "until_minute": "bigint",
        "joined_at": "timestamptz",
        "waits": "boolean",
        "passes": "bigint",  # how often it was passed over
        "tried": "jsonb",  # what was tried then: instrument, start, and when, as far as it is not tried again yet
    },
    ("(joined_at, id) WHERE waits", "(latest) WHERE waits"),
)
PLACES = Table(
    "waiting_list",
    ("id", "resource"),
    {
        "id": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "user_id": "uuid",
        "requested_by": "uuid",
        "mode": "text",
        "minutes": "bigint",
        "samples": "bigint",
        "earliest": "timestamptz",
        "latest": "timestamptz",
        "from_minute": "bigint",
        "until_minute": "bigint",
        "joined_at": "timestamptz",
        "state": "text",  # queued, left, served, told, expired
        "reservation": "uuid",
        "found_on": "uuid",  # the instrument on which time was free
        "found_from": "timestamptz",
        "found_until": "timestamptz",
        "codes": "jsonb",  # why it was passed over last
        "passed_at": "timestamptz",
        "ended_at": "timestamptz",
        "reason": "text",
        "version": "bigint",
    },
    (
        "(resource, joined_at, id) WHERE state = 'queued'",
        "(user_id, joined_at, id, resource)",
        "(unit, joined_at, id, resource)",
        "(joined_at, id, resource)",
    ),
)
AGAIN_AFTER = timedelta(hours=24)
"""After so long a time that rules kept the user from is tried once more: bans end and quotas begin anew."""
on = Handlers()


@on
def _join(event: WaitlistJoined, recorded: Recorded, rows: Rows) -> None:
    told = ("minutes", "earliest", "latest", "from_minute", "until_minute")
    both = {**event.model_dump(include=set(told)), "user_id": event.user, "joined_at": recorded.meta.occurred_at}
    both["id"] = recorded.stream
    resources = [str(place.resource) for place in event.places]
    rows.put(ENTRIES, new_row(ENTRIES, resources=resources, waits=True, passes=0, tried=[], **both))
    for place in event.places:
        asked = {"requested_by": event.requested_by, "mode": event.mode, "samples": event.request.samples}
        where = {"resource": place.resource, "unit": place.unit, "state": "queued", "version": recorded.version}
        rows.put(PLACES, new_row(PLACES, **both, **asked, **where))


@on
def _pass_over(event: WaitlistPassedOver, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, ENTRIES, recorded.stream)
    recent = [each for each in row["tried"] if datetime.fromisoformat(each[2]) > event.passed_at - AGAIN_AFTER]
    now = [[str(event.resource), span.start.isoformat(), event.passed_at.isoformat()] for span in event.spans]
    rows.change(ENTRIES, recorded.stream, passes=row["passes"] + 1, tried=[*recent, *now])
    _change(rows, recorded, codes=list(event.codes), passed_at=event.passed_at)


@on
def _leave(event: WaitlistLeft, recorded: Recorded, rows: Rows) -> None:
    _end(rows, recorded, "left", reason=event.reason)


@on
def _serve(event: WaitlistServed | WaitlistNotified, recorded: Recorded, rows: Rows) -> None:
    found = {"found_on": event.resource, "found_from": event.span.start, "found_until": event.span.end}
    if isinstance(event, WaitlistServed):
        _end(rows, recorded, "served", reservation=event.reservation, **found)
    else:
        _end(rows, recorded, "told", **found)


@on
def _lapse(_event: WaitlistLapsed, recorded: Recorded, rows: Rows) -> None:
    _end(rows, recorded, "expired")


def _end(rows: Rows, recorded: Recorded, state: str, **columns: object) -> None:
    rows.change(ENTRIES, recorded.stream, waits=False)
    _change(rows, recorded, state=state, ended_at=recorded.meta.occurred_at, **columns)


def _change(rows: Rows, recorded: Recorded, **columns: object) -> None:
    for resource in known(rows, ENTRIES, recorded.stream)["resources"]:
        rows.change(PLACES, recorded.stream, UUID(resource), version=recorded.version, **columns)


MODEL = ReadModel("waiting", (ENTRIES, PLACES), on.apply, types=on.types)
_AHEAD: LiteralString = (
    "SELECT count(*) FROM waiting_list other WHERE other.resource = %s AND other.state = 'queued'"
    " AND (other.joined_at, other.id) <= (%s, %s)"
)


def to_serve(cursor: Cursor, now: datetime) -> list[Row]:
    """Everybody who waits and whose range is not over, in the order of joining."""
    query = "SELECT * FROM waiting_entries WHERE waits AND latest > %s ORDER BY joined_at, id"
    return fetch(cursor, query, (now,))


def to_lapse(cursor: Cursor, now: datetime) -> list[UUID]:
    """Places whose range of days is over."""
    query = "SELECT id FROM waiting_entries WHERE waits AND latest <= %s ORDER BY latest, id"
    return [row["id"] for row in fetch(cursor, query, (now,))]


def waiting_list(
    cursor: Cursor,
    *,
    user: UUID | None = None,
    unit: UUID | None = None,
    resource: UUID | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Places in the order of joining, one for each instrument waited for, with the number in its queue."""
    where = Where().equals(user_id=user, unit=unit, resource=resource).one_of("state", states)
    order = Keyset(("joined_at", "id", "resource"))
    page = read_page(cursor, MODEL.name, PLACES, where, order, after=after, limit=limit)
    return Page([_numbered(cursor, row) for row in page.rows], page.next, page.position)


def entry(cursor: Cursor, waiting_id: UUID) -> list[Row]:
    """One entry: a place for each of its instruments."""
    rows = fetch(cursor, "SELECT * FROM waiting_list WHERE id = %s ORDER BY resource", (waiting_id,))
    return [_numbered(cursor, row) for row in rows]


def _numbered(cursor: Cursor, row: Row) -> Row:
    """1 is next; none once the wait is over."""
    if row["state"] != "queued":
        return {**row, "place": None}
    found: list[dict[str, Any]] = fetch(cursor, _AHEAD, (row["resource"], row["joined_at"], row["id"]))
    return {**row, "place": found[0]["count"]}
