# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of vouchers."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
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
)
