# SPDX-License-Identifier: Apache-2.0
"""What occupies a resource: reservations, maintenance, and time its unit keeps for itself."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.approval_events import ApprovalAsked
from domain.reservations.events import (
    NoShowRecorded,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
    ReservationRequested,
    ReservationRescheduled,
    UsageAborted,
    UsageCompleted,
    UsageCorrected,
    UsageStarted,
)
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.events import InternalBlockEntered, InternalBlockLifted, MaintenanceEnded, MaintenanceScheduled
from projections.handlers import Handlers, known, new_row
from projections.paging import Cursor, fetch, position_of
from projections.readmodel import ReadModel, Rows, Table

OCCUPANCY = Table(
    "calendar_occupancy",
    ("holder",),
    {
        "holder": "uuid",  # the reservation, maintenance or block
        "resource": "uuid",
        "kind": "text",  # reservation, maintenance, internal_block
        "state": "text",
        "lanes": "jsonb",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "held_from": "timestamptz",  # with set-up
        "held_until": "timestamptz",  # with clean-down
        "user_id": "uuid",
        "customer": "uuid",
    },
    ("(resource, held_until, held_from)",),  # what lies outside the time asked for is passed over in the index
)

on = Handlers()


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    row = new_row(
        OCCUPANCY,
        holder=recorded.stream,
        resource=event.resource,
        kind="reservation",
        state="requested",
        lanes=[event.lane],
        starts_at=event.span.start,
        ends_at=event.span.end,
        held_from=event.held.start,
        held_until=event.held.end,
        user_id=event.user,
        customer=event.customer,
    )
    rows.put(OCCUPANCY, row)


@on
def _move(event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    rows.change(
        OCCUPANCY,
        recorded.stream,
        lanes=[event.lane],
        starts_at=event.span.start,
        ends_at=event.span.end,
        held_from=event.held.start,
        held_until=event.held.end,
    )


@on
def _confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    rows.change(OCCUPANCY, recorded.stream, state="confirmed")


@on
def _ask_again(_event: ApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    rows.change(OCCUPANCY, recorded.stream, state="requested")


@on
def _transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    rows.change(OCCUPANCY, recorded.stream, user_id=event.user)


@on
def _start(_event: UsageStarted, recorded: Recorded, rows: Rows) -> None:
    rows.change(OCCUPANCY, recorded.stream, state="in_use")


@on
def _finish(event: UsageCompleted | UsageAborted | UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    """What was really used stays; the rest of the time is free again."""
    rows.change(
        OCCUPANCY,
        recorded.stream,
        state="aborted" if isinstance(event, UsageAborted) else "completed",
        starts_at=event.started_at,
        ends_at=event.ended_at,
        held_from=event.started_at,
        held_until=event.ended_at,
    )


@on
def _free(
    _event: ReservationRejected | ReservationCancelled | ReservationExpired | NoShowRecorded,
    recorded: Recorded,
    rows: Rows,
) -> None:
    rows.delete(OCCUPANCY, recorded.stream)


@on
def _schedule_maintenance(event: MaintenanceScheduled, recorded: Recorded, rows: Rows) -> None:
    _hold(rows, event.maintenance, recorded.stream, "maintenance", event)


@on
def _enter_block(event: InternalBlockEntered, recorded: Recorded, rows: Rows) -> None:
    _hold(rows, event.block, recorded.stream, "internal_block", event)


@on
def _end_maintenance(event: MaintenanceEnded, _recorded: Recorded, rows: Rows) -> None:
    _end(rows, event.maintenance, event.ended_at)


@on
def _lift_block(event: InternalBlockLifted, recorded: Recorded, rows: Rows) -> None:
    _end(rows, event.block, recorded.meta.occurred_at)


MODEL = ReadModel("calendar", (OCCUPANCY,), on.apply, types=on.types)


@dataclass(frozen=True, slots=True)
class Occupied:
    """A time that cannot be reserved, `[held_from, held_until)`.

    What holds it and who is named only to those concerned; everybody else sees that it is taken, and by what kind.
    """

    kind: str
    lanes: list[int]
    starts_at: datetime
    ends_at: datetime
    held_from: datetime
    held_until: datetime
    mine: bool = False
    holder: UUID | None = None
    state: str | None = None
    user: UUID | None = None
    customer: UUID | None = None


@dataclass(frozen=True, slots=True)
class Calendar:
    """What occupies a resource in a range, and the log position it shows."""

    occupied: list[Occupied]
    position: int


def calendar(
    cursor: Cursor,
    resource: UUID,
    start: datetime,
    end: datetime,
    *,
    user: UUID | None = None,
    customer: UUID | None = None,
    whole: bool = False,
) -> Calendar:
    """What touches `[start, end)`: `user` and `customer` see their own with ids, the unit (`whole`) sees all."""
    position = position_of(cursor, MODEL.name)
    rows = fetch(
        cursor,
        "SELECT * FROM calendar_occupancy WHERE resource = %s AND held_from < %s AND held_until > %s"
        " ORDER BY held_from, holder",
        (resource, end, start),
    )
    occupied = []
    for row in rows:
        mine = (user is not None and row["user_id"] == user) or (customer is not None and row["customer"] == customer)
        seen = {name: row[name] for name in ("kind", "lanes", "starts_at", "ends_at", "held_from", "held_until")}
        if mine or whole:
            seen |= {"holder": row["holder"], "state": row["state"]}
            seen |= {"user": row["user_id"], "customer": row["customer"]}
        occupied.append(Occupied(mine=mine, **seen))
    return Calendar(occupied, position)


def _hold(
    rows: Rows, holder: UUID, resource: UUID, kind: str, event: MaintenanceScheduled | InternalBlockEntered
) -> None:
    row = new_row(
        OCCUPANCY,
        holder=holder,
        resource=resource,
        kind=kind,
        state="held",
        lanes=list(event.lanes),
        starts_at=event.span.start,
        ends_at=event.span.end,
        held_from=event.span.start,
        held_until=event.span.end,
    )
    rows.put(OCCUPANCY, row)


def _end(rows: Rows, holder: UUID, ended_at: datetime) -> None:
    """Give back what is left; what ends before it began never was."""
    row = known(rows, OCCUPANCY, holder)
    if ended_at <= row["starts_at"]:
        rows.delete(OCCUPANCY, holder)
        return
    until = min(row["ends_at"], ended_at)
    rows.change(OCCUPANCY, holder, state="ended", ends_at=until, held_until=until)
