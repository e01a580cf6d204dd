# SPDX-License-Identifier: Apache-2.0
"""The reservation: what its events amount to (lifecycle 6.3)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate, Event
from domain.kernel.lifecycle import require_one_of
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
from domain.reservations.attendance_events import (
    AttendanceAnnulled,
    AttendanceContested,
    AttendanceJudged,
    AttendanceSuperseded,
    AttendanceUpheld,
)
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
from domain.reservations.holdings import less, together, without
from domain.reservations.judged_attendance import Attendance, attendance_after
from domain.reservations.judged_events import HoldingsReturned, OverrideCarriedOver, RequestJudged, RuleOverridden
from domain.reservations.period_events import LockSetAside
from domain.reservations.transfer_events import ReservationTransferred

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal
    from uuid import UUID

    from domain.kernel.quote import Quote
    from domain.kernel.time import Span
    from domain.reservations.events import ProjectType, ServiceMode, UseType
    from domain.reservations.judged_events import HeldAccessory, QuotaDraw

ReservationState = Literal[
    "requested", "confirmed", "rejected", "cancelled", "no_show", "expired", "in_use", "completed", "aborted"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """Time asked for on a resource and what became of it.

    `samples` are those asked for until use ends, then those served. `contract` is the one named with the request
    until use begins, then the one it runs under. `rating` is the latest; an earlier one stays in history.
    """

    resource: UUID
    unit: UUID
    provider: UUID
    user: UUID
    user_kind: str
    customer: UUID | None
    external: bool
    span: Span
    held: Span
    lane: int
    purpose: str
    use_type: UseType
    project_type: ProjectType
    service_mode: ServiceMode
    samples: int
    quote: Quote
    opening_version: int
    limit_version: int | None
    grace_minutes: int
    no_show_charge: bool
    contract: UUID | None
    voucher_grant: UUID | None
    requested_by: UUID
    answers: dict[str, str] = field(default_factory=dict)
    replaces: UUID | None = None
    external_id: str | None = None
    state: ReservationState = "requested"
    answered: bool = False
    contested: bool = False
    annulled: bool = False
    started_at: datetime | None = None
    ended_at: datetime | None = None
    used_minutes: int = 0
    persons: int = 0
    rating: Decimal | None = None
    operated_by: UUID | None = None
    attendance: Attendance | None = None
    judged: RequestJudged | None = None
    """By what the request, or its last move, was judged; none where no house rule was published."""
    draws: tuple[QuotaDraw, ...] = ()
    """What it draws on counters now, all its judgements together and less what was returned."""
    accessories: tuple[HeldAccessory, ...] = ()
    """What it holds beside its time."""
    consumed: dict[str, int] | None = None
    """Test items and consumables that the use took; None where nobody said, and those asked for count."""
    overridden: tuple[RuleOverridden, ...] = ()
    """What the unit's staff set aside for its user, the latest of each rule; a transfer takes none of it along."""
    lost_minutes: int = 0
    """Of the time reserved, at its beginning, what others took."""
    agreed: bool = False
    """Whether it was ever confirmed; a move that has to be approved anew does not undo that."""
    approval: ApprovalAsked | None = None
    """The step of its approval that was asked for last and is not decided."""

    @property
    def pending(self) -> ApprovalAsked | None:
        """Whose approval is waited for; none where nothing is asked any more."""
        return self.approval if self.state == "requested" else None


def _asked_for(event: ReservationRequested) -> Reservation:
    return Reservation(**{name: getattr(event, name) for name in type(event).model_fields if name != "basis"})


_STATE_AFTER: dict[type[Event], ReservationState] = {
    ReservationConfirmed: "confirmed",
    ReservationRejected: "rejected",
    ReservationCancelled: "cancelled",
    ReservationExpired: "expired",
    NoShowRecorded: "no_show",
    UsageStarted: "in_use",
    UsageCompleted: "completed",
    UsageAborted: "aborted",
    ApprovalAsked: "requested",
}
_RECORD = ("started_at", "ended_at", "used_minutes")
_COPIED: dict[type[Event], tuple[str, ...]] = {
    ReservationRescheduled: ("span", "held", "lane", "quote", "opening_version"),
    ReservationTransferred: ("user", "user_kind", "requested_by", "quote"),
    UsageStarted: ("started_at", "contract", "operated_by"),
    UsageCompleted: (*_RECORD, "samples", "persons"),
    UsageAborted: _RECORD,
    UsageCorrected: (*_RECORD, "samples"),
}
"""The fields that an event brings along under the names they have here."""


def evolve(state: Reservation | None, event: Event) -> Reservation:
    """The reservation after one more event."""
    if isinstance(event, ReservationRequested):
        return _asked_for(event)
    assert state is not None, "every history begins with a request"
    copied = {name: getattr(event, name) for name in _COPIED.get(type(event), ())}
    agreed = state.agreed or isinstance(event, ReservationConfirmed)
    copied |= {"overridden": _set_aside(state.overridden, event)}
    after = replace(state, state=_STATE_AFTER.get(type(event), state.state), agreed=agreed, **copied)
    match event:
        case ReservationAnswered():
            return replace(after, answered=True)
        case NoShowContested():
            return replace(after, contested=True)
        case NoShowAnnulled():
            return replace(after, annulled=True)
        case UserRatingRecorded(score=score):
            return replace(after, rating=score)
        case _:
            return _with_holdings(after, event)


def _set_aside(before: tuple[RuleOverridden, ...], event: Event) -> tuple[RuleOverridden, ...]:
    if isinstance(event, RuleOverridden):
        return (*(each for each in before if each.rule != event.rule), event)
    return () if isinstance(event, ReservationTransferred) else before


def _with_holdings(state: Reservation, event: Event) -> Reservation:
    match event:
        case RequestJudged():
            held = (*state.accessories, *event.accessories)
            return replace(state, judged=event, draws=together(state.draws, event.draws), accessories=held)
        case HoldingsReturned():
            left = without(state.accessories, event.accessories)
            return replace(state, draws=less(state.draws, event.draws), accessories=left)
        case ItemsConsumed(items=items):
            return replace(state, consumed=dict(items))
        case BookedTimeLost(minutes=minutes):
            return replace(state, lost_minutes=minutes)
        case ApprovalAsked() | ApprovalStepDecided():
            return replace(state, approval=event if isinstance(event, ApprovalAsked) else None)
        case _:
            return replace(state, attendance=attendance_after(state.attendance, event))


def require_state(reservation: Reservation, command: str, *allowed: ReservationState) -> None:
    """Refuse `command` (`reservations.wrong_state`) unless the reservation is in one of the states `allowed`."""
    require_one_of(allowed, "reservations.wrong_state", state=reservation.state, command=command)


def require_nothing_pending(reservation: Reservation, command: str) -> None:
    """Refuse `command` while somebody has yet to approve: `reservations.approval_pending` names the step."""
    pending = reservation.pending
    if pending is not None:
        raise refusal(
            "reservations.approval_pending",
            command=command,
            step=pending.step,
            steps=pending.steps,
            approver=pending.approver,
        )


RESERVATION = Aggregate(
    "reservations.Reservation",
    evolve,
    (
        ReservationRequested,
        ReservationAnswered,
        ReservationConfirmed,
        ReservationRejected,
        ReservationCancelled,
        ReservationExpired,
        ReservationRescheduled,
        NoShowRecorded,
        NoShowContested,
        NoShowAnnulled,
        UsageStarted,
        UsageCompleted,
        UsageAborted,
        UserRatingRecorded,
        UsageCorrected,
        AttendanceJudged,
        AttendanceContested,
        AttendanceUpheld,
        AttendanceAnnulled,
        AttendanceSuperseded,
        RequestJudged,
        RuleOverridden,
        OverrideCarriedOver,
        HoldingsReturned,
        ItemsConsumed,
        BookedTimeLost,
        ApprovalAsked,
        ApprovalStepDecided,
        ReservationTransferred,
        LockSetAside,
    ),
)
