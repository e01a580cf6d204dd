# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of governance."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/decisions", "RecordDecision", NEW),
    ("POST", "/decisions/{decision}/correction", "CorrectDecision", DONE),
    ("POST", "/decisions/{decision}/annulment", "AnnulDecision", DONE),
    ("POST", "/documents", "DraftDocument", NEW),
    ("POST", "/documents/{document}/versions", "ReviseDocument", DONE),
    ("POST", "/documents/{document}/withdrawal", "WithdrawDraft", DONE),
    ("POST", "/documents/{document}/opinions", "ReviewDocument", DONE),
    ("POST", "/documents/{document}/adoption", "AdoptDocument", DONE),
    ("POST", "/documents/{document}/repeal", "RepealDocument", DONE),
    ("POST", "/office-tasks", "GiveOfficeTask", NEW),
    ("POST", "/office-tasks/{task}/postponement", "PostponeOfficeTask", DONE),
    ("POST", "/office-tasks/{task}/reports", "ReportOnOfficeTask", DONE),
    ("POST", "/office-tasks/{task}/completion", "FinishOfficeTask", DONE),
    ("POST", "/office-tasks/{task}/cancellation", "CancelOfficeTask", DONE),
    ("POST", "/trainings", "RecordTraining", NEW),
    ("POST", "/result-transfers", "RecordResultTransfer", NEW),
    ("POST", "/activities/{activity}/strike", "StrikeActivity", DONE),
)
