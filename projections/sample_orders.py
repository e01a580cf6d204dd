# SPDX-License-Identifier: Apache-2.0
"""Orders for tests of samples: where each stands, what it gave and cost, and how long reports take.

No personal value stands here. The turn-around runs from the reception of the samples to the delivery of the report.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from psycopg import sql

from domain.kernel.event import Recorded
from domain.kernel.time import midnight
from domain.samples.events import (
    CustomerKindStated,
    InvoiceParticularsStated,
    ReportDelivered,
    ReportDrafted,
    ReportReturned,
    ReportReviewed,
    SampleApprovalAsked,
    SampleApprovalTimedOut,
    SampleOrderAccepted,
    SampleOrderAcknowledged,
    SampleOrderApplied,
    SampleOrderApproved,
    SampleOrderRated,
    SampleOrderRefused,
    SampleOrderWithdrawn,
    SamplesReceived,
    SampleTestRecorded,
)
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

ORDERS = Table(
    "sample_orders",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "state": "text",
        "resource": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "user_id": "uuid",
        "user_kind": "text",
        "priced_as": "text",  # the kind of user stated for a temporary customer
        "external": "boolean",
        "leader": "uuid",
        "approval_due_at": "timestamptz",  # until when the leader decides, and what comes of nobody's decision
        "on_time_out": "text",
        "timed_out": "boolean",
        "purpose": "text",
        "items": "jsonb",
        "sample_count": "bigint",
        "description": "text",
        "return_wanted": "boolean",
        "hazards": "text",
        "contract": "uuid",
        "intake_day": "date",
        "estimate_fen": "bigint",
        "received_count": "bigint",
        "succeeded": "bigint",
        "failed": "bigint",
        "used_minutes": "bigint",
        "tests": "jsonb",  # with the use and the service order of each
        "amount_fen": "bigint",  # what the tests so far cost when they were recorded
        "report_version": "bigint",
        "report_digest": "text",
        "report_title": "text",
        "reviews": "bigint",
        "delivery_method": "text",
        "tracking_number": "text",
        "samples_returned": "boolean",
        "rating": "text",
        "invoice_particulars_at": "timestamptz",  # when it was last said to whom the invoice is made out
        "reason": "text",  # why it was refused, returned or given up
        "applied_at": "timestamptz",
        "received_at": "timestamptz",
        "tested_at": "timestamptz",
        "delivered_at": "timestamptz",
        "acknowledged_at": "timestamptz",
        "turnaround_minutes": "bigint",
        "version": "bigint",
    },
    (
        "(applied_at, id)",
        "(unit, applied_at, id)",
        "(customer, applied_at, id)",
        "(user_id, applied_at, id)",
        "(unit, delivered_at)",
        "(approval_due_at)",
    ),
)
on = Handlers()


@on
def _apply(event: SampleOrderApplied, recorded: Recorded, rows: Rows) -> None:
    plain = event.model_dump(
        exclude={"basis", "user", "applied_by", "no_state_secrets", "project_type", "voucher_grant", "fund_card"}
    )
    none = ("received_count", "succeeded", "failed", "used_minutes", "amount_fen", "reviews")
    row = new_row(
        ORDERS,
        id=recorded.stream,
        state="waiting_for_leader" if event.leader else "applied",
        user_id=event.user,
        tests=[],
        timed_out=False,
        applied_at=recorded.meta.occurred_at,
        version=recorded.version,
        **plain,
        **dict.fromkeys(none, 0),
    )
    rows.put(ORDERS, row)


@on
def _state_kind(event: CustomerKindStated, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, priced_as=event.user_kind)


@on
def _ask(event: SampleApprovalAsked, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, approval_due_at=event.due_at, on_time_out=event.on_time_out)


@on
def _time_out(_event: SampleApprovalTimedOut, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, timed_out=True)


@on
def _accept(event: SampleOrderAccepted, recorded: Recorded, rows: Rows) -> None:
    estimate = event.estimate.total_fen if event.estimate else None
    amend(rows, ORDERS, recorded, state="accepted", intake_day=event.intake_day, estimate_fen=estimate)


@on
def _receive(event: SamplesReceived, recorded: Recorded, rows: Rows) -> None:
    at = recorded.meta.occurred_at
    amend(rows, ORDERS, recorded, state="received", number=event.number, received_count=event.count, received_at=at)


@on
def _test(event: SampleTestRecorded, recorded: Recorded, rows: Rows) -> None:
    row = known(rows, ORDERS, recorded.stream)
    test = event.model_dump(mode="json", exclude={"basis", "last"})
    amend(
        rows,
        ORDERS,
        recorded,
        state="tested" if event.last else "received",
        tests=[*row["tests"], test],
        tested_at=event.ended_at,
        **{name: row[name] + test[name] for name in ("succeeded", "failed", "used_minutes", "amount_fen")},
    )


@on
def _draft(event: ReportDrafted, recorded: Recorded, rows: Rows) -> None:
    report = {"report_version": event.report_version, "report_digest": event.digest, "report_title": event.title}
    amend(rows, ORDERS, recorded, state="report_drafted", reviews=0, **report)


@on
def _review(event: ReportReviewed, recorded: Recorded, rows: Rows) -> None:
    state = "reviewed_once" if event.review_round == 1 else "reviewed"
    amend(rows, ORDERS, recorded, state=state, reviews=event.review_round)


@on
def _deliver(event: ReportDelivered, recorded: Recorded, rows: Rows) -> None:
    delivered = recorded.meta.occurred_at
    minutes = (delivered - known(rows, ORDERS, recorded.stream)["received_at"]).total_seconds() // 60
    amend(
        rows,
        ORDERS,
        recorded,
        state="delivered",
        delivery_method=event.method,
        tracking_number=event.tracking_number,
        samples_returned=event.samples_returned,
        delivered_at=delivered,
        turnaround_minutes=int(minutes),
    )


@on
def _acknowledge(_event: SampleOrderAcknowledged, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, state="acknowledged", acknowledged_at=recorded.meta.occurred_at)


@on
def _state_particulars(_event: InvoiceParticularsStated, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, invoice_particulars_at=recorded.meta.occurred_at)


@on
def _rate(event: SampleOrderRated, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, rating=str(event.score))


@on
def _end(event: SampleOrderRefused | SampleOrderWithdrawn | ReportReturned, recorded: Recorded, rows: Rows) -> None:
    states = {SampleOrderRefused.TYPE: "refused", SampleOrderWithdrawn.TYPE: "withdrawn"}
    amend(rows, ORDERS, recorded, state=states.get(event.TYPE, "tested"), reason=event.reason)


on.states(ORDERS, {SampleOrderApproved: "applied"})
MODEL = ReadModel("sample_orders", (ORDERS,), on.apply, version=2, types=on.types)
DEFINITION = (
    "Orders whose report was delivered in the period, by day in Asia/Shanghai. Turn-around: whole minutes from the "
    "event samples.SamplesReceived to samples.ReportDelivered, in hours; median and p90 are values that occurred "
    "(percentile_disc)."
)


def sample_order(cursor: Cursor, order: UUID) -> Row | None:
    """One order."""
    return find(cursor, ORDERS, id=order)


def to_time_out(cursor: Cursor, now: datetime) -> list[Row]:
    """Orders whose leader has decided nothing in time."""
    return fetch(
        cursor,
        "SELECT id, approval_due_at FROM sample_orders WHERE state = 'waiting_for_leader' AND approval_due_at <= %s"
        " ORDER BY approval_due_at, id",
        (now,),
    )


def sample_orders(
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    customer: UUID | None = None,
    user: UUID | None = None,
    resource: UUID | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Orders, the latest first."""
    where = Where().equals(unit=unit, customer=customer, user_id=user, resource=resource).one_of("state", states)
    order = Keyset(("applied_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, ORDERS, where, order, after=after, limit=limit)


@dataclass(frozen=True)
class Turnaround:
    """How long reports of one instrument took. Hours have two decimals."""

    resource: UUID
    orders: int
    samples: int
    succeeded: int
    failed: int
    median_hours: str
    p90_hours: str


def turnaround(
    cursor: Cursor, first: date, last: date, *, unit: UUID | None = None, resource: UUID | None = None
) -> tuple[list[Turnaround], int]:
    """The turn-around of each instrument over reports delivered from `first` to `last`, with the position."""
    where = Where().equals(unit=unit, resource=resource).holds("delivered_at >= %s", midnight(first))
    where.holds("delivered_at < %s", midnight(last + timedelta(days=1)))
    query = sql.SQL(
        "SELECT resource, count(*) AS orders, sum(received_count) AS samples, sum(succeeded) AS succeeded,"
        " sum(failed) AS failed, percentile_disc(0.5) WITHIN GROUP (ORDER BY turnaround_minutes) AS median,"
        " percentile_disc(0.9) WITHIN GROUP (ORDER BY turnaround_minutes) AS p90 FROM sample_orders"
        " WHERE {} GROUP BY resource ORDER BY resource"
    ).format(where.sql)
    rows = fetch(cursor, query, where.parameters)
    found = [
        Turnaround(
            resource=row["resource"],
            **{name: int(row[name]) for name in ("orders", "samples", "succeeded", "failed")},
            median_hours=_hours(row["median"]),
            p90_hours=_hours(row["p90"]),
        )
        for row in rows
    ]
    return found, position_of(cursor, MODEL.name)


def _hours(minutes: int) -> str:
    return str((Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP))
