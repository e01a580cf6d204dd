# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of billing."""

from api.http.addresses.row import DONE, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/orders/{order_id}/delivery", "DeliverService", DONE),
    ("POST", "/orders/{order_id}/rework", "RequestRework", DONE),
    ("POST", "/orders/{order_id}/acceptance", "AcceptService", DONE),
    ("POST", "/orders/{order_id}/adjustment", "AdjustCharge", DONE),
    ("POST", "/orders/{order_id}/adjustment/decision", "DecideAdjustment", DONE),
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
)
