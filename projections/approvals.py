# SPDX-License-Identifier: Apache-2.0
"""The steps of approvals: whom they wait for, until when, and how they ended. A new chain replaces the old one."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.events import ReservationCancelled, ReservationExpired, ReservationRejected
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

MOST_STEPS = 6
APPROVALS = Table(
    "approvals",
    ("reservation", "step"),
    {
        "reservation": "uuid",
        "step": "bigint",
        "steps": "bigint",
        "approver": "text",
        "leader": "uuid",  # null for the staff of the unit
        "resource": "uuid",
        "unit": "uuid",
        "user_id": "uuid",
        "group_id": "uuid",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "fee_fen": "bigint",
        "asked_at": "timestamptz",
        "due_at": "timestamptz",
        "on_time_out": "text",
        "state": "text",  # waiting, approve, reject, or dropped: the request ended in another way
        "reason": "text",
        "timed_out": "boolean",
        "decided_at": "timestamptz",
        "decided_by": "uuid",
    },
    (
        "(due_at) WHERE state = 'waiting'",
        "(leader, asked_at, reservation, step)",
        "(unit, asked_at, reservation, step)",
        "(user_id)",
    ),
)
on = Handlers()


@on
def _ask(event: ApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    stated = event.model_dump(exclude={"basis", "user", "group", "span"})
    about = {"user_id": event.user, "group_id": event.group, "timed_out": False}
    times = {"starts_at": event.span.start, "ends_at": event.span.end}
    rows.put(APPROVALS, new_row(APPROVALS, reservation=recorded.stream, state="waiting", **stated, **about, **times))


@on
def _decide(event: ApprovalStepDecided, recorded: Recorded, rows: Rows) -> None:
    by = None if event.timed_out else recorded.meta.actor.user
    told = {"state": event.decision, "reason": event.reason, "timed_out": event.timed_out}
    rows.change(APPROVALS, recorded.stream, event.step, decided_at=recorded.meta.occurred_at, decided_by=by, **told)


@on
def _drop(
    _event: ReservationCancelled | ReservationExpired | ReservationRejected, recorded: Recorded, rows: Rows
) -> None:
    for step in range(1, MOST_STEPS + 1):
        row = rows.get(APPROVALS, recorded.stream, step)
        if row is not None and row["state"] == "waiting":
            rows.change(APPROVALS, recorded.stream, step, state="dropped", decided_at=recorded.meta.occurred_at)


MODEL = ReadModel("approvals", (APPROVALS,), on.apply, types=on.types)
_CONCERNS: LiteralString = "%s IN (leader, user_id)"


def to_time_out(cursor: Cursor, now: datetime) -> list[Row]:
    """Steps whose time is over and that nobody has decided."""
    return fetch(
        cursor,
        "SELECT reservation, step, due_at FROM approvals WHERE state = 'waiting' AND due_at <= %s"
        " ORDER BY due_at, reservation",
        (now,),
    )


def approvals(
    cursor: Cursor,
    *,
    person: UUID | None = None,
    unit: UUID | None = None,
    leader: UUID | None = None,
    reservation: UUID | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Steps by when they were asked; of a `person` those to decide and those of their own requests."""
    where = Where().equals(unit=unit, leader=leader, reservation=reservation)
    where.holds(_CONCERNS, person).one_of("state", states)
    order = Keyset(("asked_at", "reservation", "step"))
    return read_page(cursor, MODEL.name, APPROVALS, where, order, after=after, limit=limit)
