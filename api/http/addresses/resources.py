# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of resources."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/instruments", "RegisterResource", NEW),
    ("PATCH", "/instruments/{resource}", "UpdateResource", DONE),
    ("POST", "/instruments/{resource}/submission", "SubmitResourceData", DONE),
    ("POST", "/instruments/{resource}/submission/return", "ReturnResourceData", DONE),
    ("POST", "/instruments/{resource}/submission/acceptance", "AcceptResourceData", DONE),
    ("POST", "/instruments/{resource}/certificate", "IssueSubmissionCertificate", DONE),
    ("POST", "/instruments/{resource}/cost-sheets", "RecordCostSheet", DONE),
    ("POST", "/instruments/{resource}/tariffs", "PublishTariff", DONE),
    ("POST", "/instruments/{resource}/openings", "PublishOpening", DONE),
    ("POST", "/instruments/{resource}/opening-limits", "PublishOpeningLimit", DONE),
    ("POST", "/instruments/{resource}/customs-conditions", "RecordCustomsCondition", DONE),
    ("POST", "/instruments/{resource}/publication", "PublishResource", DONE),
    ("POST", "/instruments/{resource}/suspension", "SuspendResource", DONE),
    ("POST", "/instruments/{resource}/resumption", "ResumeResource", DONE),
    ("POST", "/instruments/{resource}/withdrawal", "WithdrawResource", DONE),
    ("POST", "/instruments/{resource}/operators", "AuthoriseOperation", DONE),
    ("POST", "/instruments/{resource}/operators/{operator}/end", "EndOperationAuthorisation", DONE),
    ("POST", "/instruments/{resource}/lease", "RecordFinanceLease", DONE),
    ("POST", "/instruments/{resource}/lease/end", "EndFinanceLease", DONE),
    ("POST", "/instruments/{resource}/outside-uses", "ApproveOutsideUse", DONE),
    ("POST", "/instruments/{resource}/customs-release", "EndCustomsSupervision", DONE),
    ("POST", "/instruments/{resource}/maintenances", "ScheduleMaintenance", DONE),
    ("POST", "/instruments/{resource}/maintenances/{maintenance}/end", "EndMaintenance", DONE),
    ("POST", "/instruments/{resource}/internal-blocks", "EnterInternalBlock", DONE),
    ("POST", "/instruments/{resource}/internal-blocks/{block}/end", "LiftInternalBlock", DONE),
    ("POST", "/instruments/{resource}/exemption", "ClaimExemption", DONE),
    ("POST", "/instruments/{resource}/exemption/confirmation", "ConfirmExemption", DONE),
    ("POST", "/instruments/{resource}/exemption/refusal", "RefuseExemption", DONE),
    ("POST", "/instruments/{resource}/exemption/end", "EndExemption", DONE),
    ("POST", "/instruments/{resource}/transfer", "TransferResource", DONE),
    ("POST", "/instruments/{resource}/reassignment", "ReassignResource", DONE),
    ("POST", "/units/{unit}/ledger", "ImportAssetLedger", DONE),
)
