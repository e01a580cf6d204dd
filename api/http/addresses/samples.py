# SPDX-License-Identifier: Apache-2.0
"""Addresses of the commands of samples sent in for a test."""

from api.http.addresses.row import DONE, NEW, Row

TABLE: tuple[Row, ...] = (
    ("POST", "/sample-orders", "ApplyForTest", NEW),
    ("POST", "/sample-orders/{order_id}/invoice-particulars", "StateInvoiceParticulars", DONE),
    ("POST", "/sample-orders/{order_id}/approval", "ApproveSamples", DONE),
    ("POST", "/sample-orders/{order_id}/refusal", "RefuseSamples", DONE),
    ("POST", "/sample-orders/{order_id}/acceptance", "AcceptSamples", DONE),
    ("POST", "/sample-orders/{order_id}/reception", "ReceiveSamples", DONE),
    ("POST", "/sample-orders/{order_id}/tests", "RecordSampleTest", DONE),
    ("POST", "/sample-orders/{order_id}/report", "DraftTestReport", DONE),
    ("POST", "/sample-orders/{order_id}/report/review", "ReviewTestReport", DONE),
    ("POST", "/sample-orders/{order_id}/report/return", "ReturnTestReport", DONE),
    ("POST", "/sample-orders/{order_id}/report/delivery", "DeliverTestReport", DONE),
    ("POST", "/sample-orders/{order_id}/acknowledgement", "AcknowledgeTestReport", DONE),
    ("POST", "/sample-orders/{order_id}/rating", "RateSampleOrder", DONE),
    ("POST", "/sample-orders/{order_id}/withdrawal", "WithdrawSamples", DONE),
)
