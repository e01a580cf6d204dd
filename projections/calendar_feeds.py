# SPDX-License-Identifier: Apache-2.0
"""What calendars of other tools show: each reservation and block with its sequence, and the feeds that were given out.

A sequence rises with every move and every change of status, so that a tool knows the later of two versions.
"""

from datetime import datetime, timedelta
from uuid import UUID

from psycopg import sql

from domain.calendars.events import CalendarTokenIssued, CalendarTokenRevoked
from domain.kernel.event import Recorded
from domain.reservations.approval_events import ApprovalAsked
from domain.reservations.events import (
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
    ReservationRequested,
    ReservationRescheduled,
)
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

FEEDS = Table(
    "calendar_feeds",
    ("id",),
    {
        "id": "uuid",
        "user_id": "uuid",
        "scope": "text",
        "of": "uuid",
        "language": "text",
        "issued_at": "timestamptz",
        "revoked_at": "timestamptz",
        "version": "bigint",
    },
    ("(user_id, issued_at, id)",),
)
ENTRIES = Table(
    "calendar_entries",
    ("holder",),
    {
        "holder": "uuid",
        "kind": "text",  # reservation, maintenance or internal_block
        "resource": "uuid",
        "user_id": "uuid",
        "requested_by": "uuid",
        "status": "text",  # TENTATIVE, CONFIRMED or CANCELLED, as RFC 5545 has them
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "sequence": "bigint",
        "created_at": "timestamptz",
        "changed_at": "timestamptz",
    },
    ("(resource, ends_at)", "(user_id, ends_at)", "(requested_by, ends_at)"),
)
KEPT_CANCELLED = timedelta(days=30)
"""For how long a cancelled entry stays, so that a tool that looks seldom still learns of it."""
SHOWN_PAST, SHOWN_AHEAD = timedelta(days=90), timedelta(days=366)
MOST_ENTRIES = 2_000

on = Handlers()


@on
def _issue(event: CalendarTokenIssued, recorded: Recorded, rows: Rows) -> None:
    told = event.model_dump(include={"scope", "of", "language"})
    given = {"user_id": event.user, "issued_at": recorded.meta.occurred_at, "version": recorded.version}
    rows.put(FEEDS, new_row(FEEDS, id=recorded.stream, **given, **told))


@on
def _revoke(_event: CalendarTokenRevoked, recorded: Recorded, rows: Rows) -> None:
    rows.change(FEEDS, recorded.stream, revoked_at=recorded.meta.occurred_at, version=recorded.version)


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    people = {"user_id": event.user, "requested_by": event.requested_by}
    _enter(rows, recorded, recorded.stream, "reservation", event.resource, "TENTATIVE", event, **people)


@on
def _move(event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded, recorded.stream, starts_at=event.span.start, ends_at=event.span.end)


@on
def _confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded, recorded.stream, status="CONFIRMED")


@on
def _ask_again(_event: ApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(ENTRIES, recorded.stream)
    if row is not None and row["status"] == "CONFIRMED":
        _change(rows, recorded, recorded.stream, status="TENTATIVE")


@on
def _transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded, recorded.stream, user_id=event.user, requested_by=event.requested_by)


@on
def _cancel(
    _event: ReservationCancelled | ReservationRejected | ReservationExpired, recorded: Recorded, rows: Rows
) -> None:
    _change(rows, recorded, recorded.stream, status="CANCELLED")


@on
def _schedule(event: MaintenanceScheduled, recorded: Recorded, rows: Rows) -> None:
    _enter(rows, recorded, event.maintenance, "maintenance", recorded.stream, "CONFIRMED", event)


@on
def _block(event: InternalBlockEntered, recorded: Recorded, rows: Rows) -> None:
    _enter(rows, recorded, event.block, "internal_block", recorded.stream, "CONFIRMED", event)


@on
def _end(event: MaintenanceEnded, recorded: Recorded, rows: Rows) -> None:
    _give_back(rows, recorded, event.maintenance, event.ended_at)


@on
def _lift(event: InternalBlockLifted, recorded: Recorded, rows: Rows) -> None:
    _give_back(rows, recorded, event.block, recorded.meta.occurred_at)


MODEL = ReadModel("calendar_feeds", (FEEDS, ENTRIES), on.apply, types=on.types)


def feed(cursor: Cursor, feed_id: UUID) -> Row | None:
    """One feed that was given out; never its secret."""
    return find(cursor, FEEDS, id=feed_id)


def feeds(cursor: Cursor, *, user: UUID | None = None, after: str | None = None, limit: int = 50) -> Page:
    """Feeds, the latest first."""
    order = Keyset(("issued_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, FEEDS, Where().equals(user_id=user), order, after=after, limit=limit)


def entries(
    cursor: Cursor,
    now: datetime,
    *,
    person: UUID | None = None,
    resource: UUID | None = None,
    unit: UUID | None = None,
) -> list[Row]:
    """What a calendar shows at a time, by start: of a person, a resource, or all resources of a unit.

    90 days back and a year ahead, at most 2,000; what was cancelled stays for 30 days.
    """
    where = Where().holds("e.ends_at > %s", now - SHOWN_PAST).holds("e.starts_at < %s", now + SHOWN_AHEAD)
    where.holds("(e.status <> 'CANCELLED' OR e.changed_at > %s)", now - KEPT_CANCELLED)
    where.holds("(e.user_id = %s OR e.requested_by = %s)", person, person)
    where.holds("e.resource = %s", resource).holds("i.unit = %s", unit)
    query = sql.SQL(
        "SELECT e.*, i.name_zh, i.name_en, i.unit FROM calendar_entries e JOIN instruments i ON i.id = e.resource"
        " WHERE {} ORDER BY e.starts_at, e.holder LIMIT %s"
    ).format(where.sql)
    return fetch(cursor, query, [*where.parameters, MOST_ENTRIES])


def _enter(
    rows: Rows,
    recorded: Recorded,
    holder: UUID,
    kind: str,
    resource: UUID,
    status: str,
    event: ReservationRequested | MaintenanceScheduled | InternalBlockEntered,
    **people: UUID,
) -> None:
    now = recorded.meta.occurred_at
    times = {"starts_at": event.span.start, "ends_at": event.span.end, "created_at": now, "changed_at": now}
    entry = new_row(ENTRIES, holder=holder, kind=kind, resource=resource, status=status, sequence=0, **times, **people)
    rows.put(ENTRIES, entry)


def _change(rows: Rows, recorded: Recorded, holder: UUID, **columns: object) -> None:
    row = rows.get(ENTRIES, holder)
    if row is not None:
        later = {"sequence": row["sequence"] + 1, "changed_at": recorded.meta.occurred_at}
        rows.change(ENTRIES, holder, **columns, **later)


def _give_back(rows: Rows, recorded: Recorded, holder: UUID, ended_at: datetime) -> None:
    """What ends before it began never was; the rest ends earlier."""
    row = rows.get(ENTRIES, holder)
    if row is None:
        return
    if ended_at <= row["starts_at"]:
        _change(rows, recorded, holder, status="CANCELLED")
    else:
        _change(rows, recorded, holder, ends_at=min(row["ends_at"], ended_at))
