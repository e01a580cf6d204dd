# SPDX-License-Identifier: Apache-2.0
"""Use cases of reservations and of use itself (lifecycle 6.3)."""

from application.bus import Entry
from application.reservations.abort_usage import AbortUsage, abort_usage
from application.reservations.annul_no_show import AnnulNoShow, annul_no_show
from application.reservations.answer_reservation import AnswerReservation, answer_reservation
from application.reservations.cancel_reservation import CancelReservation, cancel_reservation
from application.reservations.cancel_series import CancelSeries, cancel_series
from application.reservations.check_out import CheckOut, check_out
from application.reservations.complete_usage import CompleteUsage, complete_usage
from application.reservations.confirm_reservation import ConfirmReservation, confirm_reservation
from application.reservations.contest_attendance import ContestAttendance, contest_attendance
from application.reservations.contest_no_show import ContestNoShow, contest_no_show
from application.reservations.correct_usage import CorrectUsage, correct_usage
from application.reservations.decide_approval_step import DecideApprovalStep, decide_approval_step
from application.reservations.decide_attendance import DecideAttendance, decide_attendance
from application.reservations.dismiss_duplicate import DismissDuplicate, dismiss_duplicate
from application.reservations.expire_reservation import ExpireReservation, expire_reservation
from application.reservations.join_waiting_list import JoinWaitingList, join_waiting_list
from application.reservations.judge_attendance import JudgeAttendance, judge_attendance
from application.reservations.lapse_waiting import LapseWaiting, lapse_waiting
from application.reservations.leave_waiting_list import LeaveWaitingList, leave_waiting_list
from application.reservations.rate_usage import RateUsage, rate_usage
from application.reservations.record_no_show import RecordNoShow, record_no_show
from application.reservations.record_use import RecordUse, record_use
from application.reservations.reject_reservation import RejectReservation, reject_reservation
from application.reservations.request_reservation import RequestReservation, request_reservation
from application.reservations.request_series import RequestSeries, request_series
from application.reservations.reschedule_reservation import RescheduleReservation, reschedule_reservation
from application.reservations.serve_waiting import ServeWaiting, serve_waiting
from application.reservations.standing import UNIT_STAFF
from application.reservations.start_usage import StartUsage, start_usage
from application.reservations.time_out_approval_step import TimeOutApprovalStep, time_out_approval_step
from application.reservations.transfer_reservation import TransferReservation, transfer_reservation
from domain.kernel.actor import Role

CUSTOMER = frozenset({Role.USER, Role.BROKER})
PROVIDER = UNIT_STAFF | {Role.OPERATOR}
ANYBODY_CONCERNED = CUSTOMER | PROVIDER | {Role.SYSTEM}

ENTRIES: tuple[Entry, ...] = (
    Entry(RequestReservation, request_reservation, CUSTOMER | UNIT_STAFF | {Role.SYSTEM}),
    Entry(RequestSeries, request_series, CUSTOMER | UNIT_STAFF | {Role.SYSTEM}),
    Entry(CancelSeries, cancel_series, ANYBODY_CONCERNED),
    Entry(AnswerReservation, answer_reservation, PROVIDER),
    Entry(ConfirmReservation, confirm_reservation, PROVIDER),
    Entry(DecideApprovalStep, decide_approval_step, PROVIDER | {Role.USER, Role.SYSTEM}),
    Entry(TimeOutApprovalStep, time_out_approval_step, frozenset({Role.SYSTEM})),
    Entry(RejectReservation, reject_reservation, PROVIDER),
    Entry(CancelReservation, cancel_reservation, ANYBODY_CONCERNED),
    Entry(ExpireReservation, expire_reservation, frozenset({Role.SYSTEM})),
    Entry(RescheduleReservation, reschedule_reservation, CUSTOMER | PROVIDER),
    Entry(TransferReservation, transfer_reservation, CUSTOMER | UNIT_STAFF),
    Entry(JoinWaitingList, join_waiting_list, CUSTOMER | UNIT_STAFF),
    Entry(LeaveWaitingList, leave_waiting_list, CUSTOMER | UNIT_STAFF),
    Entry(ServeWaiting, serve_waiting, frozenset({Role.SYSTEM})),
    Entry(LapseWaiting, lapse_waiting, frozenset({Role.SYSTEM})),
    Entry(RecordNoShow, record_no_show, PROVIDER),
    Entry(ContestNoShow, contest_no_show, UNIT_STAFF | {Role.USER}),
    Entry(AnnulNoShow, annul_no_show, UNIT_STAFF),
    Entry(JudgeAttendance, judge_attendance, frozenset({Role.SYSTEM})),
    Entry(ContestAttendance, contest_attendance, UNIT_STAFF | {Role.USER}),
    Entry(DecideAttendance, decide_attendance, UNIT_STAFF),
    Entry(StartUsage, start_usage, PROVIDER | {Role.USER}),
    Entry(CompleteUsage, complete_usage, PROVIDER),
    Entry(CheckOut, check_out, frozenset({Role.USER})),
    Entry(AbortUsage, abort_usage, PROVIDER),
    Entry(RateUsage, rate_usage, UNIT_STAFF | {Role.USER}),
    Entry(CorrectUsage, correct_usage, UNIT_STAFF),
    Entry(RecordUse, record_use, UNIT_STAFF | {Role.SYSTEM}),
    Entry(DismissDuplicate, dismiss_duplicate, UNIT_STAFF),
)
