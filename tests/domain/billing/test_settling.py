# SPDX-License-Identifier: Apache-2.0
"""Payment, settlement, refund, use of income."""

from datetime import timedelta
from typing import Any, cast

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.billing import accounts, settling
from domain.billing.events import FeePartlyRefunded, FeeRefunded, IncomeUseBooked, InvoiceCleared, OrderSettled
from domain.billing.invoicing import income_class, series_of
from domain.billing.order import ORDER, Order
from domain.billing.settling import Claimed
from domain.kernel.event import Event
from domain.kernel.ledger import Entries, transfer
from tests.domain.billing import examples as e
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given


def receive(amount: int, *, days: int = 0, past: Any = None) -> Outcome:  # noqa: ANN401
    return given(ORDER, *(past or e.invoiced_order())).when(
        settling.receive,
        e.ORDER_ID,
        amount_fen=amount,
        bank_reference="BANK-1",
        received_on=e.DAY + timedelta(days=days),
        payer_account=None,
        today=e.DAY,
    )


def test_payments_may_be_partial_and_the_last_one_clears_the_bill() -> None:
    receive(59999).then(e.paid(59999))
    receive(60000).then(e.paid(60000), InvoiceCleared())
    receive(60001).then_refused("billing.exceeds_open_fee")
    receive(0).then_refused("billing.nothing_received")
    receive(1, days=1).then_refused("billing.received_in_future")
    receive(1, past=e.accepted_order()).then_refused("billing.wrong_state")


def paid_order() -> tuple[Event, ...]:
    return (*e.invoiced_order(), e.paid(60000), InvoiceCleared())


def settle(budget_status: str, edition: Any, *, disputed: bool = False, past: Any = None) -> Outcome:  # noqa: ANN401
    return given(ORDER, *(past or paid_order())).when(
        settling.settle, budget_status=budget_status, disputed=disputed, settled_on=e.DAY, edition=edition
    )


def test_JS_21_2_income_of_a_departmental_budget_unit_is_non_tax_revenue_and_booked_once() -> None:
    settle("departmental_budget", JIANGSU).then(
        OrderSettled(
            settled_on=e.DAY,
            income_class="non_tax_revenue",
            amount_fen=60000,
            entries=transfer(accounts.accrued(e.PROVIDER), accounts.income("non_tax_revenue", e.PROVIDER), 60000),
        )
    )
    settle("other", JIANGSU).then(e.settled())
    settle("departmental_budget", CHONGQING).then(e.settled())
    settle("other", JIANGSU, past=(*paid_order(), e.settled())).then_refused("billing.wrong_state")


def test_settlement_is_held_while_the_order_is_disputed() -> None:
    settle("other", JIANGSU, disputed=True).then_refused("billing.settlement_held")


def test_the_class_of_income_and_the_series_of_bills_follow_provider_and_year() -> None:
    assert income_class("departmental_budget", JIANGSU) == "non_tax_revenue"
    assert series_of("12993200DEMJ00011Y", e.DAY) == e.SERIES


def refund(amount: int | None, *past: Event, claimed: Claimed | None = None) -> Outcome:
    return given(ORDER, *past).when(settling.refund, amount_fen=amount, claimed=claimed, reason="设备故障")


def refunded(cash: int, voucher: int, *, whole: bool, restored: bool = True) -> Event:
    booked = accounts.income("unit_income", e.PROVIDER)
    entries: Entries = transfer(booked, accounts.cash(e.PROVIDER), cash)
    if voucher:
        entries += transfer(booked, accounts.voucher_receivable(e.PROVIDER), voucher)
        entries += accounts.voucher_use(e.GRANT, -voucher) if restored else ()
    event = FeeRefunded if whole else FeePartlyRefunded
    return event(voucher_part_fen=voucher, cash_part_fen=cash, reason="设备故障", entries=entries)


def test_a_refund_is_split_as_the_fee_was_paid_and_rounds_to_the_voucher() -> None:
    past = e.settled_order(20000)
    refund(None, *past).then(refunded(40000, 20000, whole=True))
    refund(30000, *past).then(refunded(20000, 10000, whole=False))
    refund(1, *past).then(refunded(0, 1, whole=False))


def test_a_second_partial_refund_that_takes_the_rest_is_a_whole_one() -> None:
    past = (*e.settled_order(20000), refunded(0, 1, whole=False))
    refund(59999, *past).then(refunded(40000, 19999, whole=True))
    refund(60000, *past).then_refused("billing.exceeds_fee")


def test_before_settlement_a_fee_is_refunded_as_a_whole_from_accrued_income() -> None:
    whole = FeeRefunded(
        voucher_part_fen=0,
        cash_part_fen=60000,
        reason="设备故障",
        entries=transfer(accounts.accrued(e.PROVIDER), accounts.cash(e.PROVIDER), 60000),
    )
    refund(None, *paid_order()).then(whole)
    refund(1, *paid_order()).then_refused("billing.refund_whole_before_settlement")
    refund(0, *e.settled_order()).then_refused("billing.nothing_to_refund")
    refund(1, *e.invoiced_order()).then_refused("billing.wrong_state")


def test_a_reimbursed_voucher_part_is_recovered_first_and_not_restored() -> None:
    past = e.settled_order(20000)
    refund(None, *past, claimed=Claimed("open")).then_refused("billing.redemption_open")
    refund(None, *past, claimed=Claimed("reimbursed")).then_refused("billing.needs_clawback")
    refund(None, *past, claimed=Claimed("recovered", 19999)).then_refused("billing.needs_clawback")
    refund(None, *past, claimed=Claimed("recovered", 20000)).then(refunded(40000, 20000, whole=True, restored=False))


@examples(st.integers(1, 10**6), st.integers(0, 10**6), st.lists(st.integers(1, 10**5), max_size=20))
def test_refunds_in_any_number_of_parts_return_exactly_what_was_paid(fee: int, voucher: int, parts: list[int]) -> None:
    history = list(e.settled_order(min(voucher, fee), e.line(fee)))
    order = cast("Order", ORDER.fold(history))
    for part in parts:
        if part >= order.net_fen:
            break
        order = cast(
            "Order", ORDER.fold(settling.refund(order, amount_fen=part, claimed=None, reason="部分退费"), order)
        )
        assert 0 <= order.refunded_voucher_fen <= order.deducted_fen
        assert 0 <= order.refunded_cash_fen <= order.paid_fen
    order = cast("Order", ORDER.fold(settling.refund(order, amount_fen=None, claimed=None, reason="退费"), order))
    assert (order.refunded_voucher_fen, order.refunded_cash_fen) == (order.deducted_fen, order.paid_fen)
    assert order.state == "refunded"


def test_JS_21_2_ten_orders_and_one_refund_sum_to_the_fen() -> None:
    total = 0
    for number in range(10):
        history = list(e.settled_order(1000, e.line(33401 + number)))
        if number == 3:
            order = cast("Order", ORDER.fold(history))
            history += settling.refund(order, amount_fen=None, claimed=None, reason="退费")
        entries = [entry for event in history for entry in getattr(event, "entries", ())]
        total += sum(entry.amount_fen for entry in entries if entry.account.startswith("income.unit_income"))
    assert -total == sum(33401 + number for number in range(10) if number != 3)


def test_income_is_used_at_most_once() -> None:
    past = given(ORDER, *e.settled_order())
    facts = {"category": "renewal_and_maintenance", "reference": "凭证1", "edition": JIANGSU}
    booked = IncomeUseBooked(category="renewal_and_maintenance", amount_fen=60000, reference="凭证1")
    past.when(settling.book_use, amount_fen=60000, **facts).then(booked)
    past.when(settling.book_use, amount_fen=60001, **facts).then_refused("billing.exceeds_income")
    past.when(settling.book_use, amount_fen=0, **facts).then_refused("billing.nothing_used")
    given(ORDER, *paid_order()).when(settling.book_use, amount_fen=1, **facts).then_refused("billing.wrong_state")


def test_an_unbalanced_event_does_not_fold() -> None:
    crooked = e.paid(60000).model_copy(update={"entries": transfer("a", "b", 1)[:1]})
    with pytest.raises(AssertionError, match="does not balance"):
        ORDER.fold([*e.invoiced_order(), crooked])
