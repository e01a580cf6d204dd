# SPDX-License-Identifier: Apache-2.0
"""Every command's address on one page. Names in braces are fields of the command.

Commands that the system alone may issue have no address; a test proves that all others have exactly one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.http.commanding import CREATED, Line
from application.catalogue import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator

NEW, DONE = CREATED, 200

TABLE: tuple[tuple[str, str, str, int], ...] = (
    # The busiest stand first: a request is matched from the top.
    ("POST", "/reservations", "RequestReservation", NEW),
    ("POST", "/reservations/{reservation_id}/answers", "AnswerReservation", DONE),
    ("POST", "/reservations/{reservation_id}/confirmation", "ConfirmReservation", DONE),
    ("POST", "/reservations/{reservation_id}/rejection", "RejectReservation", DONE),
    ("POST", "/reservations/{reservation_id}/cancellation", "CancelReservation", DONE),
    ("POST", "/reservations/{reservation_id}/move", "RescheduleReservation", DONE),
    ("POST", "/reservations/{reservation_id}/no-show", "RecordNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/no-show/objection", "ContestNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/no-show/annulment", "AnnulNoShow", DONE),
    ("POST", "/reservations/{reservation_id}/usage", "StartUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/completion", "CompleteUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/abortion", "AbortUsage", DONE),
    ("POST", "/reservations/{reservation_id}/usage/correction", "CorrectUsage", DONE),
    ("POST", "/reservations/{reservation_id}/rating", "RateUsage", DONE),
    ("POST", "/contracts", "DraftContract", NEW),
    ("PUT", "/contracts/{contract_id}/document", "ReviseContract", DONE),
    ("POST", "/contracts/{contract_id}/signatures", "SignContract", DONE),
    ("POST", "/contracts/{contract_id}/registration", "RegisterTechnicalContract", DONE),
    ("POST", "/contracts/{contract_id}/amendment", "ProposeAmendment", DONE),
    ("POST", "/contracts/{contract_id}/amendment/signatures", "SignAmendment", DONE),
    ("POST", "/contracts/{contract_id}/amendment/withdrawal", "DropAmendment", DONE),
    ("POST", "/contracts/{contract_id}/fulfilment", "FulfilContract", DONE),
    ("POST", "/contracts/{contract_id}/dispute", "OpenDispute", DONE),
    ("POST", "/contracts/{contract_id}/dispute/resolution", "ResolveDispute", DONE),
    ("POST", "/contracts/{contract_id}/termination", "TerminateContract", DONE),
    ("POST", "/contracts/{contract_id}/abandonment", "AbandonDraft", DONE),
    ("POST", "/orders/{order_id}/delivery", "DeliverService", DONE),
    ("POST", "/orders/{order_id}/rework", "RequestRework", DONE),
    ("POST", "/orders/{order_id}/acceptance", "AcceptService", DONE),
    ("POST", "/orders/{order_id}/bill", "InvoiceFee", DONE),
    ("POST", "/orders/{order_id}/bill/voidance", "VoidInvoice", DONE),
    ("POST", "/orders/{order_id}/tax-document", "RegisterTaxDocument", DONE),
    ("POST", "/orders/{order_id}/voucher", "DeductVoucher", DONE),
    ("POST", "/orders/{order_id}/voucher/refusal", "RefuseVoucher", DONE),
    ("POST", "/orders/{order_id}/payments", "ReceivePayment", DONE),
    ("POST", "/orders/{order_id}/settlement", "SettleOrder", DONE),
    ("POST", "/orders/{order_id}/refunds", "RefundFee", DONE),
    ("POST", "/orders/{order_id}/income-uses", "BookIncomeUse", DONE),
    ("POST", "/orders/{order_id}/voidance", "VoidServiceOrder", DONE),
    ("POST", "/voucher-redemptions", "ApplyForRedemption", NEW),
    ("POST", "/voucher-redemptions/{redemption_id}/check", "CheckRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/return", "ReturnRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/correction", "CorrectRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/public-view", "PubliciseRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/objections", "RaiseObjection", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/objections/{objection_id}/decision", "DecideObjection", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/approval", "ApproveRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/rejection", "RejectRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/hold", "HoldRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/hold/release", "ReleaseRedemptionHold", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/payments", "ReimburseRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/payments/return", "ReturnPayment", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/batch/exit", "UnbatchRedemption", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/clawback", "OrderClawback", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/clawback/receipts", "ReceiveClawback", DONE),
    ("POST", "/voucher-redemptions/{redemption_id}/clawback/annulment", "AnnulClawback", DONE),
    ("POST", "/reimbursement-batches", "FreezeBatch", NEW),
    ("POST", "/voucher-grants", "ApplyForVoucher", NEW),
    ("POST", "/voucher-grants/{grant_id}/check", "CheckVoucherEligibility", DONE),
    ("POST", "/voucher-grants/{grant_id}/rejection", "RejectVoucherApplication", DONE),
    ("POST", "/voucher-grants/{grant_id}/grant", "GrantVoucher", DONE),
    ("POST", "/voucher-grants/{grant_id}/revocation", "RevokeVoucher", DONE),
    ("POST", "/voucher-programmes", "EstablishVoucherProgramme", NEW),
    ("POST", "/voucher-programmes/{programme_id}/budgets", "RaiseProgrammeBudget", DONE),
    ("POST", "/voucher-programmes/{programme_id}/closure", "CloseVoucherProgramme", DONE),
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
    ("POST", "/legal-persons", "RegisterLegalPerson", NEW),
    ("PATCH", "/legal-persons/{legal_person}", "ChangeLegalPersonDetails", DONE),
    ("POST", "/legal-persons/{legal_person}/sme-evidence", "RecordTechSmeEvidence", DONE),
    ("POST", "/legal-persons/{legal_person}/membership", "JoinPlatform", DONE),
    ("POST", "/legal-persons/{legal_person}/membership/end", "LeavePlatform", DONE),
    ("POST", "/units", "RegisterUnit", NEW),
    ("POST", "/units/{unit}/name", "RenameUnit", DONE),
    ("POST", "/units/{unit}/merger", "MergeUnit", DONE),
    ("POST", "/units/{unit}/legal-person", "MapUnitToLegalPerson", DONE),
    ("POST", "/units/{unit}/sharing-rules", "PublishSharingRules", DONE),
    ("POST", "/users", "RegisterUser", NEW),
    ("POST", "/users/{user}/affiliation", "ChangeUserAffiliation", DONE),
    ("POST", "/users/{user}/qualifications", "QualifyUser", DONE),
    ("POST", "/users/{user}/deactivation", "DeactivateUser", DONE),
    ("POST", "/users/{user}/tokens", "IssueAccessToken", DONE),
    ("POST", "/users/{user}/tokens/revocation", "RevokeAccessToken", DONE),
)


def _lines() -> Iterator[Line]:
    commands = {entry.command.__name__: entry.command for entry in ENTRIES}
    for method, path, name, status in TABLE:
        yield Line(method, path, commands[name], status)


LINES = tuple(_lines())
