# SPDX-License-Identifier: Apache-2.0
"""Attendance under published rules on conduct: what is due to be judged, how it was judged, and what it cost.

Reservations of instruments and units that never published such rules leave no row.
"""

from datetime import datetime, timedelta
from uuid import UUID

from domain.kernel.event import Recorded
from domain.kernel.house_rules import HouseRules
from domain.parties.events import UnitHouseRulesPublished
from domain.reservations.approval_events import ApprovalAsked
from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceSuperseded,
    AttendanceUpheld,
)
from domain.reservations.events import (
    NoShowAnnulled,
    NoShowContested,
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
from domain.reservations.judged_events import RequestJudged
from domain.reservations.transfer_events import ReservationTransferred
from domain.resources.booking_events import HouseRulesPublished
from domain.standing.events import PointsDeducted, PointsRestored
from projections.handlers import Handlers, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

RULES = Table(
    "conduct_rules",
    ("holder", "rules_version"),
    {
        "holder": "uuid",  # an instrument or a unit
        "rules_version": "bigint",  # 0 says that some version of this holder speaks of conduct
        "judged_after_hours": "bigint",
    },
)
ATTENDANCE = Table(
    "attendance",
    ("reservation",),
    {
        "reservation": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "user_id": "uuid",
        "state": "text",
        "reserved_until": "timestamptz",
        "ended_at": "timestamptz",
        "judged_after_hours": "bigint",
        "due_at": "timestamptz",
        "judged_at": "timestamptz",
        "outcome": "text",
        "late_minutes": "bigint",
        "early_minutes": "bigint",
        "overtime_minutes": "bigint",
        "resource_rules": "bigint",
        "unit_rules": "bigint",
        "points_due": "bigint",
        "penalty_due_at": "timestamptz",
        "contested_at": "timestamptz",
        "decision": "text",
        "decided_at": "timestamptz",
        "points_taken": "bigint",
        "taken_at": "timestamptz",
        "restored_at": "timestamptz",
    },
    (
        "(due_at) WHERE judged_at IS NULL",
        "(penalty_due_at) WHERE taken_at IS NULL",
        "(unit, reserved_until, reservation)",
        "(user_id)",
    ),
)
OF_JUDGEMENT = (
    "judged_at",
    "penalty_due_at",
    "contested_at",
    "decision",
    "decided_at",
    "points_taken",
    "taken_at",
    "restored_at",
)
on = Handlers()


@on
def _publish(event: HouseRulesPublished | UnitHouseRulesPublished, recorded: Recorded, rows: Rows) -> None:
    rules: HouseRules = event.rules
    if rules.conduct is None:
        return
    for version in (0, event.rules_version):
        row = {"holder": recorded.stream, "rules_version": version}
        rows.put(RULES, {**row, "judged_after_hours": rules.conduct.judged_after_hours})


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    """Only where rules on conduct were ever published; a commissioned test is done without the user."""
    published = rows.get(RULES, event.resource, 0) or rows.get(RULES, event.unit, 0)
    if published is None or event.service_mode == "commissioned_test":
        return
    particulars = event.model_dump(include={"resource", "unit", "provider"})
    row = {"reservation": recorded.stream, "state": "requested", "user_id": event.user, **particulars}
    rows.put(ATTENDANCE, new_row(ATTENDANCE, reserved_until=event.span.end, **row))


@on
def _bind(event: RequestJudged, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(ATTENDANCE, recorded.stream)
    if row is None:
        return
    for holder, version in ((row["resource"], event.resource_rules), (row["unit"], event.unit_rules)):
        rule = rows.get(RULES, holder, version) if version else None
        if rule is not None:
            _change(rows, recorded.stream, judged_after_hours=rule["judged_after_hours"])
            return
    rows.delete(ATTENDANCE, recorded.stream)


@on
def _move(event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, reserved_until=event.span.end)


@on
def _confirm(_event: ReservationConfirmed, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, state="confirmed")


@on
def _ask_again(_event: ApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, state="requested")


@on
def _transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, user_id=event.user)


@on
def _start(_event: UsageStarted, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, state="in_use")


@on
def _end(event: UsageCompleted | UsageAborted | UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, state="ended", ended_at=event.ended_at)


@on
def _miss(_event: NoShowRecorded, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, state="no_show")


@on
def _give_up(
    _event: ReservationCancelled | ReservationRejected | ReservationExpired, recorded: Recorded, rows: Rows
) -> None:
    rows.delete(ATTENDANCE, recorded.stream)


@on
def _judge(event: AttendanceJudged, recorded: Recorded, rows: Rows) -> None:
    judgement = event.model_dump(exclude={"user", "basis"})
    _change(rows, recorded.stream, user_id=event.user, judged_at=recorded.meta.occurred_at, **judgement)


@on
def _contest(_event: AttendanceContested | NoShowContested, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, contested_at=recorded.meta.occurred_at)


@on
def _uphold(_event: AttendanceUpheld, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, decision="upheld", decided_at=recorded.meta.occurred_at)


@on
def _annul(_event: AttendanceAnnulled | NoShowAnnulled, recorded: Recorded, rows: Rows) -> None:
    """A no-show that is annulled before it was judged leaves nothing to judge."""
    row = rows.get(ATTENDANCE, recorded.stream)
    if row is not None and row["judged_at"] is None:
        rows.delete(ATTENDANCE, recorded.stream)
    _change(rows, recorded.stream, decision="annulled", decided_at=recorded.meta.occurred_at)


@on
def _supersede(_event: AttendanceSuperseded, recorded: Recorded, rows: Rows) -> None:
    """All that the earlier judgement came to; the new one follows, and with it all begins anew."""
    _change(rows, recorded.stream, **dict.fromkeys(OF_JUDGEMENT))


@on
def _take(event: PointsDeducted, recorded: Recorded, rows: Rows) -> None:
    _change(rows, event.reservation, points_taken=event.points, taken_at=recorded.meta.occurred_at)


@on
def _restore(event: PointsRestored, recorded: Recorded, rows: Rows) -> None:
    row = rows.get(ATTENDANCE, event.reservation) if event.reservation is not None else None
    if row is not None and event.reservation is not None and row["taken_at"] is not None:
        _change(rows, event.reservation, restored_at=recorded.meta.occurred_at)


def _change(rows: Rows, reservation: UUID, **columns: object) -> None:
    """Set columns of a row there is, and when it is due to be judged: hours after the later of its two ends."""
    row = rows.get(ATTENDANCE, reservation)
    if row is None:
        return
    after = row | columns
    hours, ends = after["judged_after_hours"], [after["reserved_until"], after["ended_at"]]
    if hours is not None and after["judged_at"] is None:
        after["due_at"] = max(end for end in ends if end is not None) + timedelta(hours=hours)
    rows.put(ATTENDANCE, after)


MODEL = ReadModel("attendance", (ATTENDANCE, RULES), on.apply, version=2, types=on.types)


def to_judge(cursor: Cursor, now: datetime) -> list[Row]:
    """Uses that are over, and reservations nobody came for, which are due to be judged."""
    return fetch(
        cursor,
        "SELECT reservation, due_at FROM attendance WHERE judged_at IS NULL AND due_at <= %s"
        " AND state IN ('confirmed', 'ended', 'no_show') ORDER BY due_at, reservation",
        (now,),
    )


def to_penalise(cursor: Cursor, now: datetime) -> list[Row]:
    """Judgements that cost points, whose time to object is over and to which no objection waits."""
    return fetch(
        cursor,
        "SELECT reservation, penalty_due_at FROM attendance WHERE taken_at IS NULL AND penalty_due_at <= %s"
        " AND decision IS DISTINCT FROM 'annulled' AND (contested_at IS NULL OR decision = 'upheld')"
        " ORDER BY penalty_due_at, reservation",
        (now,),
    )


def attendance(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    user: UUID | None = None,
    resource: UUID | None = None,
    outcomes: tuple[str, ...] | None = None,
    waiting: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Judged uses, the latest first; only those with an objection to decide where `waiting`."""
    where = Where().equals(unit=unit, user_id=user, resource=resource).one_of("outcome", outcomes)
    where.holds("judged_at IS NOT NULL").holds("(NOT %s OR (contested_at IS NOT NULL AND decision IS NULL))", waiting)
    order = Keyset(("reserved_until", "reservation"), descending=True)
    return read_page(cursor, MODEL.name, ATTENDANCE, where, order, after=after, limit=limit)
