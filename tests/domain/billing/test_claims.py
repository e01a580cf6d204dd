# SPDX-License-Identifier: Apache-2.0
from domain.billing.claims import claims_of
from domain.billing.events import InvoiceCleared, TaxDocumentRegistered
from domain.kernel.claims import NextNumber, TakeKey
from tests.domain.billing import examples as e


def test_a_reservation_has_one_order_of_a_kind() -> None:
    key = TakeKey("order.reservation", f"service:{e.RESERVATION}", e.ORDER_ID)
    assert claims_of(e.ORDER_ID, e.opened()) == [key]
    assert claims_of(e.ORDER_ID, e.opened().model_copy(update={"reservation": None})) == []


def test_bills_are_numbered_without_gaps() -> None:
    assert claims_of(e.ORDER_ID, e.invoiced(number=7)) == [NextNumber(e.SERIES, 7)]


def test_a_document_and_a_payment_count_once() -> None:
    document = TaxDocumentRegistered(
        kind="tax_invoice", issuer="X", code="3200253130", number="01234567", amount_fen=1, issued_on=e.DAY
    )
    assert claims_of(e.ORDER_ID, document) == [TakeKey("tax_document", "X:3200253130:01234567", e.ORDER_ID)]
    keyed = TakeKey("payment.bank_reference", f"{e.PROVIDER}:BANK-1", e.ORDER_ID)
    assert claims_of(e.ORDER_ID, e.paid(1)) == [keyed]
    unkeyed = e.paid(1).model_copy(update={"provider": None})
    assert claims_of(e.ORDER_ID, unkeyed) == [TakeKey("payment.bank_reference", "BANK-1", e.ORDER_ID)]


def test_other_events_claim_nothing() -> None:
    assert claims_of(e.ORDER_ID, InvoiceCleared()) == []
