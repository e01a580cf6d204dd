# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of reservations."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/reservations", "RequestReservation", NEW),
    ("POST", "/series", "RequestSeries", NEW),
    ("POST", "/series/{series_id}/cancellation", "CancelSeries", DONE),
    ("POST", "/reservations/{reservation_id}/answers", "AnswerReservation", DONE),
    ("POST", "/reservations/{reservation_id}/confirmation", "ConfirmReservation", DONE),
    ("POST", "/reservations/{reservation_id}/approval", "DecideApprovalStep", DONE),
    ("POST", "/reservations/{reservation_id}/rejection", "RejectReservation", DONE),
    ("POST", "/reservations/{reservation_id}/cancellation", "CancelReservation", DONE),
    ("POST", "/reservations/{reservation_id}/move", "RescheduleReservation", DONE),
    ("POST", "/reservations/{reservation_id}/transfer", "TransferReservation", DONE),
    ("POST", "/waiting-list", "JoinWaitingList", NEW),
    ("POST", "/waiting-list/{waiting_id}/leaving", "LeaveWaitingList", DONE),
    ("POST", "/reservations/{reservation_id}/no-show", "RecordNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/no-show/objection", "ContestNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/no-show/annulment", "AnnulNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/attendance/objection", "ContestAttendance", DONE),
    ("POST", "/reservations/{reservation_id}/attendance/decision", "DecideAttendance", DONE),
    ("POST", "/reservations/{reservation_id}/usage", "StartUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/completion", "CompleteUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/check-out", "CheckOut", DONE),
    ("POST", "/reservations/{reservation_id}/usage/abortion", "AbortUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/correction", "CorrectUsage", DONE),
    ("POST", "/reservations/{reservation_id}/rating", "RateUsage", DONE),
    ("POST", "/uses", "RecordUse", NEW),
    ("POST", "/uses/{reservation_id}/duplicate-dismissal", "DismissDuplicate", DONE),
)
