# SPDX-License-Identifier: Apache-2.0
"""From a use to settled and refunded money, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import UUID

import pytest

from application.billing.accept_service import AcceptService
from application.billing.book_income_use import BookIncomeUse
from application.billing.deduct_voucher import DeductVoucher
from application.billing.deliver_service import DeliverService
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.refund_fee import RefundFee
from application.billing.refuse_voucher import RefuseVoucher
from application.billing.register_tax_document import RegisterTaxDocument
from application.billing.request_rework import RequestRework
from application.billing.settle_order import SettleOrder
from application.billing.void_invoice import VoidInvoice
from application.billing.void_service_order import VoidServiceOrder
from application.contracts.open_dispute import OpenDispute
from application.contracts.terminate_contract import TerminateContract
from application.errors import ApplicationError, KeyTaken, NotPermitted
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from tests.application.vouchers.treasury import Treasury


def payment(order: UUID, amount: int, reference: str = "B-1") -> ReceivePayment:
    return ReceivePayment(order_id=order, amount_fen=amount, bank_reference=reference, received_on=date(2026, 3, 6))


def test_rework_corrects_the_quantity_and_the_charge(treasury: Treasury) -> None:
    customer, manager = treasury.province.customer, treasury.province.manager
    order = treasury.order()
    treasury.do(RequestRework(order_id=order, reason="机时不符"), customer)
    with pytest.raises(NotPermitted):
        treasury.do(DeliverService(order_id=order, used_minutes=90), Actor(user=UUID(int=1), role=Role.MANAGING_UNIT))
    corrected = treasury.do(DeliverService(order_id=order, used_minutes=90), manager)
    assert corrected.data["amount_fen"] == 45_000
    with pytest.raises(NotPermitted):
        treasury.do(AcceptService(order_id=order), treasury.province.individual)
    assert treasury.do(AcceptService(order_id=order), customer).data["state"] == "accepted"


def test_bills_of_a_provider_are_numbered_without_gaps(treasury: Treasury) -> None:
    first, second = treasury.billed(day=3, number=1), treasury.billed(day=4, number=2)
    numbers = [treasury.province.state(order).bill_number for order in (first, second)]
    assert numbers == [f"BILL-12320000000000001A-2026-{serial:06d}" for serial in (1, 2)]
    treasury.do(VoidInvoice(order_id=first, reason="信息有误"), treasury.clerk)
    again = treasury.do(InvoiceFee(order_id=first), treasury.clerk)
    assert again.data["bill_number"] == "BILL-12320000000000001A-2026-000003"


def test_two_bills_at_once_take_different_numbers_or_say_so(treasury: Treasury) -> None:
    orders = [treasury.order(day=3), treasury.order(day=4)]
    for order in orders:
        treasury.do(AcceptService(order_id=order), treasury.province.customer)

    def bill(order: UUID) -> str | None:
        try:
            return str(treasury.do(InvoiceFee(order_id=order), treasury.clerk).data["bill_number"])
        except ApplicationError:
            return None

    with ThreadPoolExecutor(2) as pool:
        numbers = [number for number in pool.map(bill, orders) if number]
    assert len(numbers) == len(set(numbers)) >= 1


def test_a_document_and_a_payment_count_once_in_the_whole_system(treasury: Treasury) -> None:
    first, second = treasury.billed(day=3, number=1), treasury.order(day=4)
    treasury.do(AcceptService(order_id=second), treasury.province.customer)
    treasury.do(InvoiceFee(order_id=second), treasury.clerk)
    used = RegisterTaxDocument(
        order_id=second,
        kind="all_digital_invoice",
        number=f"2532{1:016d}",
        amount_fen=60_000,
        issued_on=date(2026, 3, 6),
    )
    with pytest.raises(KeyTaken):
        treasury.do(used, treasury.clerk)
    treasury.do(payment(first, 60_000), treasury.clerk)
    with pytest.raises(KeyTaken):
        treasury.do(payment(second, 60_000), treasury.clerk)


def test_a_paid_order_is_settled_once_its_income_used_and_refunded(treasury: Treasury) -> None:
    order = treasury.billed()
    treasury.do(payment(order, 20_000, "B-1"), treasury.clerk)
    cleared = treasury.do(payment(order, 40_000, "B-2"), treasury.clerk)
    assert (cleared.data["state"], cleared.data["open_fen"]) == ("paid", 0)
    treasury.do(SettleOrder(order_id=order), treasury.clerk)
    with pytest.raises(DomainError):
        treasury.do(SettleOrder(order_id=order), treasury.clerk)
    booked = BookIncomeUse(order_id=order, category="operation_subsidy", amount_fen=10_000, reference="凭证1")
    treasury.do(booked, treasury.clerk)
    treasury.do(RefundFee(order_id=order, amount_fen=1, reason="退费"), treasury.clerk)
    refunded = treasury.do(RefundFee(order_id=order, reason="退费"), treasury.clerk)
    assert (refunded.data["state"], refunded.data["refunded_fen"]) == ("refunded", 60_000)


def test_settlement_waits_while_the_contract_is_disputed(treasury: Treasury) -> None:
    order = treasury.billed()
    treasury.do(payment(order, 60_000), treasury.clerk)
    contract = treasury.province.state(order).contract
    dispute = OpenDispute(contract_id=contract, reason="数据有误", orders=(order,))
    treasury.do(dispute, treasury.province.customer)
    with pytest.raises(DomainError, match="settlement_held"):
        treasury.do(SettleOrder(order_id=order), treasury.clerk)


def test_a_delivered_order_is_voided_only_by_a_dispute(treasury: Treasury) -> None:
    customer, manager = treasury.province.customer, treasury.province.manager
    order = treasury.order()
    void = VoidServiceOrder(order_id=order, reason="未提供服务")
    with pytest.raises(DomainError, match="no_dispute"):
        treasury.do(void, manager)
    contract = treasury.province.state(order).contract
    treasury.do(OpenDispute(contract_id=contract, reason="数据有误", orders=(order,)), customer)
    with pytest.raises(DomainError, match="no_dispute"):
        treasury.do(void, customer)
    ended = TerminateContract(contract_id=contract, by="dispute_body", reason="裁决解除")
    treasury.do(ended, manager)
    assert treasury.do(void, customer).data["state"] == "voided"


def test_a_provider_may_give_up_its_claim_while_the_dispute_lasts(treasury: Treasury) -> None:
    order = treasury.order()
    contract = treasury.province.state(order).contract
    dispute = OpenDispute(contract_id=contract, reason="数据有误", orders=(order,))
    treasury.do(dispute, treasury.province.customer)
    void = VoidServiceOrder(order_id=order, reason="同意免收")
    assert treasury.do(void, treasury.province.manager).data["state"] == "voided"


def test_what_a_reservation_set_aside_is_used_and_the_rest_released_when_the_bill_is_cleared(
    treasury: Treasury,
) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.billed(grant)
    assert treasury.province.state(grant).reserved_fen == 18_000
    deducted = treasury.do(DeductVoucher(order_id=order, grant_id=grant, amount_fen=10_000), treasury.province.customer)
    assert deducted.data["open_fen"] == 50_000
    assert treasury.province.state(grant).reserved_fen == 8_000
    treasury.do(payment(order, 50_000), treasury.clerk)
    voucher = treasury.province.state(grant)
    assert (voucher.reserved_fen, voucher.used_fen, voucher.left_fen) == (0, 10_000, 40_000)
    assert treasury.left(f"grant:{grant}") == 40_000


def test_a_voided_bill_and_a_refund_give_the_voucher_back(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.billed(grant)
    treasury.do(DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer)
    treasury.do(VoidInvoice(order_id=order, reason="信息有误"), treasury.clerk)
    assert treasury.province.state(grant).used_fen == 0
    treasury.do(InvoiceFee(order_id=order), treasury.clerk)
    treasury.do(DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer)
    treasury.do(payment(order, 42_000), treasury.clerk)
    treasury.do(RefundFee(order_id=order, reason="退费"), treasury.clerk)
    voucher = treasury.province.state(grant)
    assert (voucher.state, voucher.left_fen) == ("granted", 50_000)
    assert treasury.left(f"grant:{grant}") == 50_000


def test_a_refused_voucher_is_not_deducted(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.billed(grant)
    treasury.do(
        RefuseVoucher(order_id=order, grant_id=grant, ground="suspected_fraud", reason="待核实"),
        treasury.province.manager,
    )
    with pytest.raises(DomainError, match="voucher_was_refused"):
        treasury.do(DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer)


def test_JS_22_2_a_service_that_the_programme_does_not_know_takes_no_voucher(treasury: Treasury) -> None:
    programme = treasury.programme(eligible_services=["remote"], eligible_providers=["professional_institution"])
    grant = treasury.voucher(programme)
    order = treasury.billed(grant)
    with pytest.raises(DomainError) as refused:
        treasury.do(DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer)
    assert set(refused.value.codes) == {"vouchers.provider_not_eligible", "vouchers.service_not_eligible"}


def test_CQ_19_2_of_parallel_deductions_that_exceed_the_balance_exactly_one_succeeds(treasury: Treasury) -> None:
    programme = treasury.programme(subsidy_ratio="0.6")
    grant = treasury.voucher(programme, 50_000)
    orders = [treasury.billed(day=3, number=1), treasury.billed(day=4, number=2)]

    def deduct(order: UUID) -> bool:
        command = DeductVoucher(order_id=order, grant_id=grant, amount_fen=30_000)
        try:
            treasury.do(command, treasury.province.customer)
        except (DomainError, ApplicationError):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(deduct, orders)) == [False, True]
    assert treasury.left(f"grant:{grant}") == 20_000
