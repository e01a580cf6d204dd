# SPDX-License-Identifier: Apache-2.0
"""The list of reservations with state, times and quoted price."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from domain.kernel.event import Recorded
from domain.reservations.afterwards_events import DuplicateDismissed, DuplicateSuspected
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.consumption_events import BookedTimeLost, ItemsConsumed
from domain.reservations.events import (
    NoShowAnnulled,
    NoShowContested,
    NoShowRecorded,
    ReservationAnswered,
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
    UserRatingRecorded,
)
from domain.reservations.judged_events import OverrideCarriedOver, RuleOverridden
from domain.reservations.period_events import LockSetAside
from domain.reservations.transfer_events import ReservationTransferred
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

RESERVATIONS = Table(
    "reservations",
    ("id",),
    {
        "id": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "user_id": "uuid",
        "user_kind": "text",
        "customer": "uuid",
        "external": "boolean",
        "state": "text",
        "starts_at": "timestamptz",
        "ends_at": "timestamptz",
        "held_from": "timestamptz",
        "held_until": "timestamptz",
        "lane": "bigint",
        "purpose": "text",
        "use_type": "text",
        "project_type": "text",
        "service_mode": "text",
        "samples": "bigint",
        "quote": "jsonb",
        "quote_fen": "bigint",
        "contract": "uuid",
        "voucher_grant": "uuid",
        "requested_by": "uuid",
        "replaces": "uuid",
        "external_id": "text",
        "requested_at": "timestamptz",
        "answered_at": "timestamptz",  # the provider's first substantive answer, confirm and reject included (A27)
        "ended_by": "text",
        "late": "boolean",
        "reason": "text",
        "contested": "boolean",
        "no_show_annulled": "boolean",
        "used_from": "timestamptz",
        "used_until": "timestamptz",
        "used_minutes": "bigint",
        "persons": "bigint",
        "corrections": "bigint",
        "rating": "text",
        "overrides": "jsonb",  # rules that somebody entitled set aside for it, with reason
        "lost_minutes": "bigint",  # of the time reserved, taken by others at its beginning
        "items_used": "jsonb",
        "duplicate_of": "uuid",  # what the same user has at the same time, where it came from another platform
        "version": "bigint",
    },
    (
        "(user_id, starts_at, id)",
        "(customer, starts_at, id)",
        "(unit, starts_at, id)",
        "(resource, starts_at, id)",
        "(starts_at, id)",
    ),
)

on = Handlers()


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    same = event.model_dump(include=RESERVATIONS.columns.keys() - {"quote"})
    row = new_row(
        RESERVATIONS,
        **same,
        id=recorded.stream,
        user_id=event.user,
        state="requested",
        starts_at=event.span.start,
        ends_at=event.span.end,
        held_from=event.held.start,
        held_until=event.held.end,
        quote=event.quote.model_dump(mode="json"),
        quote_fen=event.quote.total_fen,
        requested_at=recorded.meta.occurred_at,
        late=False,
        contested=False,
        no_show_annulled=False,
        corrections=0,
        version=recorded.version,
    )
    rows.put(RESERVATIONS, row)


@on
def _transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    people = {"user_id": event.user, "user_kind": event.user_kind, "requested_by": event.requested_by}
    quote = {"quote": event.quote.model_dump(mode="json"), "quote_fen": event.quote.total_fen}
    amend(rows, RESERVATIONS, recorded, **people, **quote)


@on
def _decline_step(event: ApprovalStepDecided, recorded: Recorded, rows: Rows) -> None:
    """What a leader or nobody declines, the provider has not answered."""
    others = event.timed_out or event.approver == "group_leader"
    ended_by = event.approver if not event.timed_out else "system"
    ended = {"ended_by": ended_by} if others and event.decision == "reject" else {}
    amend(rows, RESERVATIONS, recorded, **ended)


@on
def _answer(
    _event: ReservationAnswered | ReservationConfirmed | ReservationRejected, recorded: Recorded, rows: Rows
) -> None:
    row = known(rows, RESERVATIONS, recorded.stream)
    first = row["answered_at"] if row["ended_by"] else row["answered_at"] or recorded.meta.occurred_at
    amend(rows, RESERVATIONS, recorded, answered_at=first)


@on
def _reject(event: ReservationRejected, recorded: Recorded, rows: Rows) -> None:
    ended_by = known(rows, RESERVATIONS, recorded.stream)["ended_by"] or "provider"
    amend(rows, RESERVATIONS, recorded, ended_by=ended_by, reason=event.reason)


@on
def _cancel(event: ReservationCancelled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, ended_by=event.by, reason=event.reason, late=event.late)


@on
def _move(event: ReservationRescheduled, recorded: Recorded, rows: Rows) -> None:
    amend(
        rows,
        RESERVATIONS,
        recorded,
        starts_at=event.span.start,
        ends_at=event.span.end,
        held_from=event.held.start,
        held_until=event.held.end,
        lane=event.lane,
        quote=event.quote.model_dump(mode="json"),
        quote_fen=event.quote.total_fen,
    )


@on
def _start(event: UsageStarted, recorded: Recorded, rows: Rows) -> None:
    contract = event.contract or known(rows, RESERVATIONS, recorded.stream)["contract"]
    amend(rows, RESERVATIONS, recorded, used_from=event.started_at, contract=contract)


@on
def _finish(event: UsageCompleted | UsageAborted | UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    times = {"used_from": event.started_at, "used_until": event.ended_at, "used_minutes": event.used_minutes}
    amend(rows, RESERVATIONS, recorded, **times)


@on
def _complete(event: UsageCompleted, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, samples=event.samples, persons=event.persons)


@on
def _correct(event: UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    corrections = known(rows, RESERVATIONS, recorded.stream)["corrections"] + 1
    amend(rows, RESERVATIONS, recorded, samples=event.samples, corrections=corrections)


@on
def _contest(_event: NoShowContested, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, contested=True)


@on
def _annul(_event: NoShowAnnulled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, no_show_annulled=True)


@on
def _override(event: RuleOverridden | OverrideCarriedOver, recorded: Recorded, rows: Rows) -> None:
    """Also what a move took along."""
    row, told = known(rows, RESERVATIONS, recorded.stream), event.model_dump(mode="json", exclude={"basis", "breaches"})
    if isinstance(event, OverrideCarriedOver):
        told["carried_over"] = True
    amend(rows, RESERVATIONS, recorded, overrides=[*(row["overrides"] or ()), told])


@on
def _open_locked(event: LockSetAside, recorded: Recorded, rows: Rows) -> None:
    """The head's leave stands beside the rules that staff set aside."""
    row = known(rows, RESERVATIONS, recorded.stream)
    told = {"rule": "reservations.period_closed", "approver": str(event.head), "reason": event.reason}
    amend(rows, RESERVATIONS, recorded, overrides=[*(row["overrides"] or ()), told])


@on
def _lose(event: BookedTimeLost, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, lost_minutes=event.minutes)


@on
def _consume(event: ItemsConsumed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, items_used=event.items)


@on
def _suspect(event: DuplicateSuspected, _recorded: Recorded, rows: Rows) -> None:
    rows.change(RESERVATIONS, event.reservation, duplicate_of=event.duplicate_of)


@on
def _dismiss(event: DuplicateDismissed, _recorded: Recorded, rows: Rows) -> None:
    rows.change(RESERVATIONS, event.reservation, duplicate_of=None)


@on
def _rate(event: UserRatingRecorded, recorded: Recorded, rows: Rows) -> None:
    amend(rows, RESERVATIONS, recorded, rating=str(event.score))


on.states(
    RESERVATIONS,
    {
        ApprovalAsked: "requested",
        ReservationConfirmed: "confirmed",
        ReservationRejected: "rejected",
        ReservationCancelled: "cancelled",
        ReservationExpired: "expired",
        NoShowRecorded: "no_show",
        UsageStarted: "in_use",
        UsageCompleted: "completed",
        UsageAborted: "aborted",
    },
)
MODEL = ReadModel("reservations", (RESERVATIONS,), on.apply, version=2, types=on.types)


def reservation(cursor: Cursor, reservation_id: UUID) -> Row | None:
    """One reservation."""
    return find(cursor, RESERVATIONS, id=reservation_id)


def reservations(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    user: UUID | None = None,
    customer: UUID | None = None,
    unit: UUID | None = None,
    provider: UUID | None = None,
    resource: UUID | None = None,
    states: tuple[str, ...] | None = None,
    starts_from: datetime | None = None,
    starts_before: datetime | None = None,
    places: tuple[tuple[UUID, ...], tuple[UUID, ...]] | None = None,
    duplicates: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Reservations by start, the latest first. None asks nothing; the caller gives what the reader may see.

    `places` are units and instruments, of which one is that of the reservation.
    """
    where = Where().equals(user_id=user, customer=customer, unit=unit, provider=provider, resource=resource)
    where.one_of("state", states).holds("starts_at >= %s", starts_from).holds("starts_at < %s", starts_before)
    if places is not None:
        where.holds("(unit = ANY(%s) OR resource = ANY(%s))", *map(list, places))
    where.holds("(NOT %s OR duplicate_of IS NOT NULL)", duplicates)
    order = Keyset(("starts_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, RESERVATIONS, where, order, after=after, limit=limit)


def project_types(cursor: Cursor, reservations: Collection[UUID]) -> dict[UUID, str]:
    """The kind of project of each reservation named."""
    found = fetch(cursor, "SELECT id, project_type FROM reservations WHERE id = ANY(%s)", [list(reservations)])
    return {row["id"]: row["project_type"] for row in found}
