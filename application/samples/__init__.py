# SPDX-License-Identifier: Apache-2.0
"""Use cases of samples sent in for a test."""

from application.bus import Entry
from application.reservations.standing import UNIT_STAFF
from application.samples.accept_samples import AcceptSamples, accept_samples
from application.samples.acknowledge_test_report import AcknowledgeTestReport, acknowledge_test_report
from application.samples.apply_for_test import ApplyForTest, apply_for_test
from application.samples.approve_samples import ApproveSamples, approve_samples
from application.samples.deliver_test_report import DeliverTestReport, deliver_test_report
from application.samples.draft_test_report import DraftTestReport, draft_test_report
from application.samples.rate_sample_order import RateSampleOrder, rate_sample_order
from application.samples.receive_samples import ReceiveSamples, receive_samples
from application.samples.record_sample_test import RecordSampleTest, record_sample_test
from application.samples.refuse_samples import RefuseSamples, refuse_samples
from application.samples.return_test_report import ReturnTestReport, return_test_report
from application.samples.review_test_report import ReviewTestReport, review_test_report
from application.samples.state_invoice_particulars import StateInvoiceParticulars, state_invoice_particulars
from application.samples.time_out_sample_approval import TimeOutSampleApproval, time_out_sample_approval
from application.samples.withdraw_samples import WithdrawSamples, withdraw_samples
from domain.kernel.actor import Role

CUSTOMER = frozenset({Role.USER})
EITHER = UNIT_STAFF | CUSTOMER

ENTRIES: tuple[Entry, ...] = (
    Entry(ApplyForTest, apply_for_test, EITHER),
    Entry(StateInvoiceParticulars, state_invoice_particulars, EITHER),
    Entry(ApproveSamples, approve_samples, CUSTOMER),
    Entry(TimeOutSampleApproval, time_out_sample_approval, frozenset({Role.SYSTEM})),
    Entry(RefuseSamples, refuse_samples, EITHER),
    Entry(AcceptSamples, accept_samples, UNIT_STAFF),
    Entry(ReceiveSamples, receive_samples, UNIT_STAFF),
    Entry(RecordSampleTest, record_sample_test, UNIT_STAFF),
    Entry(DraftTestReport, draft_test_report, UNIT_STAFF),
    Entry(ReviewTestReport, review_test_report, UNIT_STAFF),
    Entry(ReturnTestReport, return_test_report, UNIT_STAFF),
    Entry(DeliverTestReport, deliver_test_report, UNIT_STAFF),
    Entry(AcknowledgeTestReport, acknowledge_test_report, CUSTOMER),
    Entry(RateSampleOrder, rate_sample_order, CUSTOMER),
    Entry(WithdrawSamples, withdraw_samples, EITHER),
)
"""Every command of the room, its handler, and the roles that may issue it."""
