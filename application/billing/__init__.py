# SPDX-License-Identifier: Apache-2.0
"""Use cases of billing: from delivery to bill, voucher, payment, settlement and refund (lifecycle 6.5)."""

from application.billing.accept_service import AcceptService, accept_service
from application.billing.adjust_charge import AdjustCharge, adjust_charge
from application.billing.book_income_use import BookIncomeUse, book_income_use
from application.billing.decide_adjustment import DecideAdjustment, decide_adjustment
from application.billing.deduct_voucher import DeductVoucher, deduct_voucher
from application.billing.deliver_service import DeliverService, deliver_service
from application.billing.invoice_fee import InvoiceFee, invoice_fee
from application.billing.receive_payment import ReceivePayment, receive_payment
from application.billing.refund_fee import RefundFee, refund_fee
from application.billing.refuse_voucher import RefuseVoucher, refuse_voucher
from application.billing.register_tax_document import RegisterTaxDocument, register_tax_document
from application.billing.request_rework import RequestRework, request_rework
from application.billing.settle_order import SettleOrder, settle_order
from application.billing.sides import PROVIDERS
from application.billing.void_invoice import VoidInvoice, void_invoice
from application.billing.void_service_order import VoidServiceOrder, void_service_order
from application.bus import Entry
from domain.kernel.actor import Role

CUSTOMERS = frozenset({Role.USER})
CLERKS = PROVIDERS | {Role.FINANCE_CLERK}

ENTRIES: tuple[Entry, ...] = (
    Entry(RequestRework, request_rework, CUSTOMERS),
    Entry(DeliverService, deliver_service, PROVIDERS | {Role.OPERATOR}),
    Entry(AcceptService, accept_service, CUSTOMERS),
    Entry(AdjustCharge, adjust_charge, CLERKS),
    Entry(DecideAdjustment, decide_adjustment, CLERKS),
    Entry(InvoiceFee, invoice_fee, CLERKS),
    Entry(RegisterTaxDocument, register_tax_document, CLERKS),
    Entry(VoidInvoice, void_invoice, CLERKS),
    Entry(DeductVoucher, deduct_voucher, CUSTOMERS),
    Entry(RefuseVoucher, refuse_voucher, PROVIDERS),
    Entry(ReceivePayment, receive_payment, CLERKS),
    Entry(SettleOrder, settle_order, frozenset({Role.FINANCE_CLERK})),
    Entry(RefundFee, refund_fee, CLERKS),
    Entry(BookIncomeUse, book_income_use, frozenset({Role.FINANCE_CLERK})),
    Entry(VoidServiceOrder, void_service_order, PROVIDERS | CUSTOMERS),
)
"""Every command of the room, its handler, and the roles that may issue it."""
