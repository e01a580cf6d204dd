# SPDX-License-Identifier: Apache-2.0
"""The table of notices: what happens, who is told, in which words. To tell of a new event, add a line.

`to` names parts: `unit` is the managing unit concerned, `itself` the person whose stream it is, every other name a
field of the event or of an earlier one (`facts.REMEMBERED`). Nobody is told of what they or their unit did themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from domain.billing.events import FeeInvoiced, FeePartlyRefunded, FeeRefunded, InvoiceVoided, ServiceDelivered
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled
from domain.contracts.events import (
    AmendmentDropped,
    AmendmentProposed,
    AmendmentSigned,
    ContractDrafted,
    ContractRevised,
    ContractSigned,
    ContractTerminated,
    DisputeOpened,
    DisputeResolved,
    DraftAbandoned,
)
from domain.contracts.performing_events import DisputeStageBegun, DisputeStageEnded
from domain.governance.events import DeadlineReminded
from domain.parties.closure_events import UnitClosureAnnounced
from domain.reservations.afterwards_events import UseEnteredAfterwards
from domain.reservations.approval_events import ApprovalAsked, ApprovalStepDecided
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
    ReservationAnswered,
    ReservationCancelled,
    ReservationConfirmed,
    ReservationExpired,
    ReservationRejected,
    ReservationRequested,
    ReservationRescheduled,
    UsageAborted,
    UsageCompleted,
    UsageStarted,
    UserRatingRecorded,
)
from domain.reservations.transfer_events import ReservationTransferred
from domain.reservations.waiting_events import WaitlistNotified, WaitlistServed
from domain.resources.booking_events import AccessoriesLowered
from domain.resources.closure_events import ClosureAnnounced
from domain.resources.events import ResourceSuspended
from domain.samples.events import (
    ReportDelivered,
    SampleOrderAccepted,
    SampleOrderApplied,
    SampleOrderApproved,
    SampleOrderRefused,
    SampleOrderWithdrawn,
    SamplesReceived,
)
from domain.standing.events import (
    BanLifted,
    FeedbackGiven,
    PointsDeducted,
    PointsRestored,
    QualificationApplied,
    QualificationApproved,
    QualificationLapsed,
    QualificationRefused,
    QualificationReminded,
    QualificationRenewed,
    QualificationWithdrawn,
    UserBanned,
)
from domain.vouchers.events import VoucherApplicationRejected, VoucherGranted

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.event import Event
    from projections.readmodel import Row


def _always(_event: Any, _facts: Row) -> bool:  # noqa: ANN401 - any event
    return True


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of notice that an event makes. `facts` are fields of the event that the wording may speak of.

    `about` and `resource` name the fields that hold the stream it speaks of and the instrument, where they are not
    the event's own; `each` names the field that holds several streams, each of which makes notices of its own.
    `also_self` tells even whoever did it: a confirmation is a receipt.
    """

    kind: str
    to: tuple[str, ...]
    facts: tuple[str, ...] = ()
    when: Callable[[Any, Row], bool] = _always
    about: str = ""
    each: str = ""
    resource: str = ""
    also_self: bool = False


_USER = ("user", "requested_by")
_BOTH = (*_USER, "unit")
_PARTIES = ("customer_user", "unit")
_CUSTOMER = ("user", "applied_by")


def _both_signed(_event: ContractSigned, facts: Row) -> bool:
    return len(facts.get("signed", ())) > 1


def _of_staff_after_others(event: ApprovalAsked, _facts: Row) -> bool:
    """Of the request itself the unit is told anyhow."""
    return event.leader is None and event.step > 1


def _placed_apart(event: CallOffPlaced, _facts: Row) -> bool:
    """One that a use opened, that use tells of."""
    return not event.opened_by_use


def _given_up_apart(event: CallOffCancelled, facts: Row) -> bool:
    """One that was for a reservation ends with it, which tells of itself."""
    return event.reservation is None and not facts.get("opened_by_use")


def _needs_no_leader(event: SampleOrderApplied, _facts: Row) -> bool:
    return event.leader is None


def _costs_points(event: AttendanceJudged, _facts: Row) -> bool:
    return event.outcome != "normal"


def _deadline(kind: str, *to: str, known_as: str, resource: str = "", facts: tuple[str, ...] = ("due_on",)) -> Line:
    def falls_due(event: DeadlineReminded, _facts: Row) -> bool:
        return event.kind == known_as

    return Line(kind, to, facts, falls_due, about="subject", resource=resource)


_OWN_WORDS = frozenset(
    {"contract_end", "contract_last_days", "dispute_stage", "call_off_end", "voucher_expiry", "user_qualification"}
)
_OF_A_UNIT = Line(
    "deadline_near",
    ("unit",),
    ("kind", "due_on"),
    lambda event, _facts: event.kind not in _OWN_WORDS,
    about="subject",
)

_HIT = Line("maintenance_scheduled", _USER, ("reason",), each="kept")
"""Who keeps a reservation in closed time hears of it; who loses one hears of its cancellation."""

LINES: dict[type[Event], tuple[Line, ...]] = {
    ReservationRequested: (Line("reservation_requested", ("unit",)),),
    ReservationAnswered: (Line("reservation_answered", _USER, ("text",)),),
    ReservationConfirmed: (Line("reservation_confirmed", _USER, also_self=True),),
    ReservationRejected: (Line("reservation_rejected", _USER, ("reason",)),),
    ReservationCancelled: (Line("reservation_cancelled", _BOTH, ("reason", "by")),),
    ReservationRescheduled: (Line("reservation_moved", _BOTH, ("reason",)),),
    ClosureAnnounced: (_HIT,),
    UnitClosureAnnounced: (_HIT,),
    AccessoriesLowered: (Line("accessory_short", _USER, ("accessory", "quantity"), each="exceeding"),),
    ResourceSuspended: (Line("instrument_suspended", _USER, ("reason",), each="open_reservations"),),
    ReservationExpired: (Line("reservation_expired", _USER),),
    NoShowRecorded: (Line("no_show_recorded", _USER),),
    NoShowContested: (Line("no_show_contested", ("unit",), ("reason",)),),
    NoShowAnnulled: (Line("no_show_annulled", _USER, ("reason",)),),
    UsageCompleted: (Line("feedback_owed", ("user",), also_self=True),),
    ApprovalAsked: (
        Line("approval_waiting", ("leader",)),
        Line("approval_waiting", ("unit",), when=_of_staff_after_others),
    ),
    WaitlistServed: (Line("waiting_served", ("user",), ("span",)),),
    WaitlistNotified: (Line("waiting_slot_free", ("user",), ("span",)),),
    ReservationTransferred: (Line("reservation_transferred", ("former_user", "user"), ("reason",), also_self=True),),
    AttendanceJudged: (Line("attendance_judged", ("user",), ("outcome", "points_due"), _costs_points),),
    AttendanceContested: (Line("attendance_contested", ("unit",), ("reason",)),),
    AttendanceUpheld: (Line("attendance_upheld", _USER, ("reason",)),),
    AttendanceAnnulled: (Line("attendance_annulled", _USER, ("reason",)),),
    AttendanceSuperseded: (Line("attendance_superseded", ("user",), ("reason",)),),
    PointsDeducted: (Line("penalty_imposed", ("user",), ("outcome", "points", "left")),),
    PointsRestored: (Line("points_restored", ("user",), ("points", "left", "reason")),),
    UserBanned: (Line("ban_imposed", ("user",), ("until", "reason")),),
    BanLifted: (Line("ban_lifted", ("user",), ("reason",)),),
    QualificationApplied: (Line("training_applied", ("unit",)),),
    QualificationApproved: (Line("training_approved", ("user",), ("valid_until",)),),
    QualificationRefused: (Line("training_refused", ("user",), ("reason",)),),
    QualificationReminded: (Line("training_ending", ("user",), ("ends_on",)),),
    QualificationRenewed: (Line("training_renewed", ("user",), ("valid_until", "reason")),),
    QualificationLapsed: (Line("training_lapsed", ("user",), ("ended_on", "ground")),),
    QualificationWithdrawn: (Line("training_withdrawn", ("user",), ("reason",)),),
    ContractDrafted: (Line("contract_to_sign", _PARTIES),),
    ContractRevised: (Line("contract_to_sign", _PARTIES),),
    ContractSigned: (Line("contract_signed", _PARTIES, when=_both_signed),),
    AmendmentProposed: (Line("contract_amendment_to_sign", _PARTIES, ("reason",)),),
    CallOffPlaced: (Line("call_off_placed", _PARTIES, when=_placed_apart),),
    CallOffCancelled: (Line("call_off_cancelled", _PARTIES, ("released_fen", "reason"), _given_up_apart),),
    SampleOrderApplied: (
        Line("sample_order_to_approve", ("leader",)),
        Line("sample_order_applied", ("unit",), when=_needs_no_leader),
    ),
    SampleOrderApproved: (Line("sample_order_applied", ("unit",)),),
    SampleOrderAccepted: (Line("sample_order_accepted", _CUSTOMER, ("intake_day", "sample_count")),),
    SampleOrderRefused: (Line("sample_order_refused", _CUSTOMER, ("reason",)),),
    SampleOrderWithdrawn: (Line("sample_order_withdrawn", (*_CUSTOMER, "unit"), ("reason",)),),
    SamplesReceived: (Line("samples_received", _CUSTOMER, ("number", "count")),),
    ReportDelivered: (Line("sample_report_delivered", _CUSTOMER),),
    DisputeOpened: (Line("contract_disputed", _PARTIES, ("reason",)),),
    DisputeStageBegun: (Line("dispute_stage_begun", _PARTIES, ("stage", "body", "begun_on", "due_on")),),
    DisputeStageEnded: (Line("dispute_stage_ended", _PARTIES, ("stage", "outcome", "ended_on")),),
    DisputeResolved: (Line("dispute_resolved", _PARTIES, ("body", "outcome")),),
    ContractTerminated: (Line("contract_terminated", _PARTIES, ("reason",)),),
    ServiceDelivered: (Line("fee_to_accept", ("customer_user",)),),
    FeeInvoiced: (Line("bill_issued", ("customer_user",)),),
    InvoiceVoided: (Line("bill_voided", ("customer_user",), ("reason",)),),
    FeeRefunded: (Line("fee_refunded", ("customer_user",), ("cash_part_fen", "voucher_part_fen", "reason")),),
    FeePartlyRefunded: (Line("fee_refunded", ("customer_user",), ("cash_part_fen", "voucher_part_fen", "reason")),),
    VoucherGranted: (Line("voucher_granted", ("applicant",)),),
    VoucherApplicationRejected: (Line("voucher_refused", ("applicant",), ("reason",)),),
    DeadlineReminded: (
        _deadline("contract_expiring", "customer_user", "unit", known_as="contract_end"),
        _deadline("contract_expiring", "customer_user", "unit", known_as="contract_last_days"),
        _deadline("dispute_stage_ending", *_PARTIES, known_as="dispute_stage", facts=("item", "due_on")),
        _deadline("call_off_ending", *_PARTIES, known_as="call_off_end"),
        _deadline("voucher_expiring", "applicant", known_as="voucher_expiry"),
        _deadline("training_expiring", "itself", known_as="user_qualification", resource="item"),
        _OF_A_UNIT,
    ),
}

_DUTY = ("duty_reservation_confirmed", "duty_reservation_moved")
_ENDED = (
    "reservation_requested",
    "approval_waiting",
    "reservation_confirmed",
    "reservation_moved",
    "reservation_reminder",
    *_DUTY,
)
SETTLED: dict[type[Event], tuple[str, ...]] = {
    ReservationConfirmed: ("reservation_requested", "approval_waiting"),
    ApprovalStepDecided: ("approval_waiting",),
    ReservationTransferred: ("reservation_reminder",),
    ReservationRejected: _ENDED,
    ReservationCancelled: _ENDED,
    ReservationExpired: _ENDED,
    ApprovalAsked: _DUTY,
    ReservationRescheduled: ("reservation_confirmed", "reservation_moved", "reservation_reminder", *_DUTY),
    NoShowRecorded: ("reservation_reminder",),
    NoShowAnnulled: ("no_show_recorded", "no_show_contested"),
    UsageStarted: ("reservation_reminder",),
    UseEnteredAfterwards: ("reservation_requested", "reservation_confirmed", "reservation_reminder"),
    UsageAborted: ("reservation_reminder",),
    UserRatingRecorded: ("feedback_owed",),
    FeedbackGiven: ("feedback_owed",),
    AttendanceAnnulled: ("attendance_judged", "attendance_contested"),
    AttendanceSuperseded: ("attendance_judged", "attendance_contested"),
    AttendanceUpheld: ("attendance_contested",),
    SampleOrderApproved: ("sample_order_to_approve",),
    SampleOrderAccepted: ("sample_order_applied",),
    SampleOrderRefused: ("sample_order_to_approve", "sample_order_applied"),
    SampleOrderWithdrawn: ("sample_order_to_approve", "sample_order_applied"),
    ContractRevised: ("contract_to_sign",),
    ContractSigned: ("contract_to_sign",),
    ContractTerminated: ("contract_to_sign", "contract_amendment_to_sign", "dispute_stage_ending"),
    DisputeStageEnded: ("dispute_stage_ending",),
    DisputeResolved: ("dispute_stage_ending",),
    CallOffCancelled: ("call_off_ending",),
    CallOffSettled: ("call_off_ending",),
    DraftAbandoned: ("contract_to_sign",),
    AmendmentSigned: ("contract_amendment_to_sign",),
    AmendmentDropped: ("contract_amendment_to_sign",),
    FeeInvoiced: ("fee_to_accept",),
    InvoiceVoided: ("bill_issued",),
}
"""What makes earlier notices of the same stream pointless: they are not sent any more, and leave the inbox unsent."""
