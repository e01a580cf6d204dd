# SPDX-License-Identifier: Apache-2.0
"""From use to an accepted quantity, to a bill, to a voucher against it."""

from typing import Any
from uuid import UUID

import pytest

from domain.billing import accounts, deducting, delivering, invoicing
from domain.billing.deducting import Offer
from domain.billing.events import (
    BillLine,
    InvoiceCleared,
    InvoiceVoided,
    ReworkRequested,
    ServiceAccepted,
    ServiceDelivered,
    ServiceOrderVoided,
    TaxDocumentRegistered,
    VoucherRefused,
)
from domain.billing.order import ORDER
from domain.kernel.errors import DomainError, Violation
from domain.kernel.ledger import transfer
from domain.kernel.quote import Quote
from domain.policy import Edition
from tests.domain.billing import examples as e
from tests.domain.editions import CHONGQING, JIANGSU, with_value
from tests.domain.given import Outcome, given

TARIFF = e.quote_of(("machine_time", 30000))
THREE_KINDS = ("material", "running_cost", "labour_service")


def bill(*lines: BillLine, tariff: Quote | None = TARIFF, edition: Edition = JIANGSU, past: Any = None) -> Outcome:  # noqa: ANN401
    return given(ORDER, *(past or e.accepted_order())).when(
        invoicing.invoice, e.ORDER_ID, lines=lines, tariff=tariff, series=e.SERIES, number=1, edition=edition
    )


def test_rework_is_asked_for_delivered_once_more_and_accepted() -> None:
    sent_back = given(ORDER, e.opened(), e.delivered()).when(delivering.request_rework, reason="机时不符")
    sent_back.then(ReworkRequested(reason="机时不符"))
    again = given(ORDER, e.opened(), e.delivered(), ReworkRequested(reason="机时不符")).when(
        delivering.deliver, used_on=e.DAY, used_minutes=60, samples=0, charge=e.charge_of(e.line(30000))
    )
    again.then(
        ServiceDelivered(
            used_on=e.DAY, used_minutes=60, samples=0, tariff_version=1, lines=(e.line(30000),), amount_fen=30000
        )
    )
    given(ORDER, e.opened(), e.delivered()).when(delivering.accept).then(ServiceAccepted())
    assert again.state.used_minutes == 60
    assert again.state.amount_fen == 30000


def test_only_a_delivered_order_is_sent_back_or_accepted() -> None:
    given(ORDER, e.opened()).when(delivering.request_rework, reason="x").then_refused("billing.wrong_state")
    given(ORDER, e.opened()).when(delivering.accept).then_refused("billing.wrong_state")
    facts = {"used_on": e.DAY, "used_minutes": 1, "samples": 0, "charge": e.charge_of()}
    given(ORDER, e.opened(), e.delivered()).when(delivering.deliver, **facts).then_refused("billing.wrong_state")


def test_a_second_delivery_needs_a_first_one() -> None:
    with pytest.raises(DomainError, match=r"billing\.never_delivered"):
        delivering.require_delivered_before(given(ORDER, e.opened()).state)


def test_an_opened_order_is_voided_and_a_delivered_one_only_by_a_dispute() -> None:
    voided = ServiceOrderVoided(reason="未提供服务")
    given(ORDER, e.opened()).when(delivering.void, reason="未提供服务", disputed=False).then(voided)
    disputed = given(ORDER, e.opened(), e.delivered())
    disputed.when(delivering.void, reason="未提供服务", disputed=True).then(voided)
    disputed.when(delivering.void, reason="未提供服务", disputed=False).then_refused("billing.no_dispute")
    given(ORDER, *e.invoiced_order()).when(delivering.void, reason="x", disputed=True).then_refused(
        "billing.wrong_state"
    )


def test_JS_21_1_a_line_is_at_most_the_tariff_of_the_day_of_use() -> None:
    bill(e.line(60000)).then(e.invoiced())
    bill(e.line(60001)).then_refused("billing.line_exceeds_tariff", "billing.exceeds_charge")
    bill(e.line(0)).then(e.invoiced(e.line(0)), InvoiceCleared())


def test_a_bill_is_never_above_what_was_delivered_even_under_a_dearer_tariff() -> None:
    dearer = e.quote_of(("machine_time", 40000))
    bill(e.line(60001), tariff=dearer).then_refused("billing.exceeds_charge")
    bill(e.line(60000), tariff=None).then(e.invoiced())


def test_CQ_16_1_fees_consist_of_the_three_kinds_only_and_none_is_above_its_published_price() -> None:
    lines = tuple(e.line(20000, kind) for kind in THREE_KINDS)
    tariff = e.quote_of(*((kind, 10000) for kind in THREE_KINDS), ("profit", 10000))
    past = e.accepted_order("service", *lines, e.line(20000, "profit"))
    bill(*lines, tariff=tariff, edition=CHONGQING, past=past).then(e.invoiced(*lines))
    bill(e.line(20000, "profit"), tariff=tariff, edition=CHONGQING, past=past).then_refused(
        "billing.line_kind_not_allowed"
    )
    labour = e.line(20000, "labour_service")
    bill(labour, tariff=tariff, edition=CHONGQING, past=past).then(e.invoiced(labour))
    bill(e.line(20001, "labour_service"), tariff=tariff, edition=CHONGQING, past=past).then_refused(
        "billing.line_exceeds_tariff"
    )
    bill(e.line(20000, "profit"), tariff=tariff, edition=JIANGSU, past=past).then(e.invoiced(e.line(20000, "profit")))


def test_only_an_accepted_order_is_billed() -> None:
    bill(e.line(60000), past=e.invoiced_order()).then_refused("billing.wrong_state")


def document(**changes: Any) -> TaxDocumentRegistered:  # noqa: ANN401
    return TaxDocumentRegistered.model_validate(
        {
            "kind": "all_digital_invoice",
            "issuer": "12993200DEMJ00011Y",
            "code": "",
            "number": "25322000000012345678",
            "amount_fen": 60000,
            "issued_on": e.DAY,
        }
        | changes
    )


def register(
    registered: TaxDocumentRegistered, issuable: str = "unit_income", *before: TaxDocumentRegistered
) -> Outcome:
    history = given(ORDER, *e.invoiced_order(), *before)
    return history.when(invoicing.register_document, document=registered, issuable=issuable)


def test_the_tax_document_is_for_the_bill_and_of_the_kind_of_the_income() -> None:
    register(document()).then(document())
    register(document(amount_fen=59999)).then_refused("billing.document_amount_differs")
    register(document(), "non_tax_revenue").then_refused("billing.document_kind_differs")
    receipt = document(kind="fiscal_e_receipt", code="32060125", number="0012345678")
    register(receipt, "non_tax_revenue").then(receipt)
    register(document(), "unit_income", document()).then_refused("billing.document_exists")


@pytest.mark.parametrize(
    ("kind", "code", "number", "fits"),
    [
        ("all_digital_invoice", "", "2532200000001234567", False),
        ("all_digital_invoice", "1", "25322000000012345678", False),
        ("all_digital_invoice", "", "2532200000001234567X", False),
        ("tax_invoice", "3200253130", "01234567", True),
        ("tax_invoice", "032002531300", "01234567", True),
        ("tax_invoice", "03200253130", "01234567", False),
        ("tax_invoice", "3200253130", "012345678", False),
    ],
)
def test_a_document_number_has_the_form_of_its_kind(kind: str, code: str, number: str, *, fits: bool) -> None:
    registered = document(kind=kind, code=code, number=number)
    outcome = register(registered)
    outcome.then(registered) if fits else outcome.then_refused("billing.document_number_malformed")


def test_a_document_needs_a_standing_bill() -> None:
    history = given(ORDER, *e.accepted_order())
    history.when(invoicing.register_document, document=document(), issuable="unit_income").then_refused(
        "billing.wrong_state"
    )


def test_a_voided_bill_returns_the_voucher_and_can_be_issued_anew() -> None:
    outcome = given(ORDER, *e.invoiced_order(), e.deducted(10000)).when(
        invoicing.void_invoice, e.ORDER_ID, reason="信息有误"
    )
    outcome.then(
        InvoiceVoided(
            reason="信息有误",
            voucher_restored_fen=10000,
            entries=(
                *transfer(accounts.accrued(e.PROVIDER), accounts.receivable(e.ORDER_ID), 60000),
                *transfer(accounts.receivable(e.ORDER_ID), accounts.voucher_receivable(e.PROVIDER), 10000),
                *accounts.voucher_use(e.GRANT, -10000),
            ),
        )
    )
    after = outcome.state
    assert (after.state, after.deducted_fen, after.deducted_grant, after.bill_number) == ("accepted", 0, None, None)


def test_a_bill_on_which_something_was_paid_is_not_voided() -> None:
    history = given(ORDER, *e.invoiced_order(), e.paid(1))
    history.when(invoicing.void_invoice, e.ORDER_ID, reason="x").then_refused("billing.payment_on_invoice")


def deduct(amount: int | None, *, balance: int, most: int, past: Any = None, **offer: Any) -> Outcome:  # noqa: ANN401
    given_offer = Offer(offer.pop("grant", e.GRANT), e.PROGRAMME, balance, most, **offer)
    past = past or e.invoiced_order("service", e.line(100000))
    return given(ORDER, *past).when(deducting.deduct, e.ORDER_ID, given_offer, amount_fen=amount, edition=CHONGQING)


def test_CQ_19_2_a_deduction_is_at_most_the_smallest_of_balance_open_fee_and_ratio() -> None:
    deduct(50000, balance=50000, most=60000).then(e.deducted(50000))
    deduct(50001, balance=50000, most=60000).then_refused("billing.exceeds_voucher_balance")
    deduct(60000, balance=90000, most=60000).then(e.deducted(60000))
    deduct(60001, balance=90000, most=60000).then_refused("billing.exceeds_subsidy_ratio")
    deduct(None, balance=90000, most=60000).then(e.deducted(60000))
    open_fee = (*e.invoiced_order("service", e.line(100000)), e.paid(70000))
    deduct(None, balance=90000, most=60000, past=open_fee).then(e.deducted(30000), InvoiceCleared())
    deduct(30001, balance=90000, most=60000, past=open_fee).then_refused("billing.exceeds_open_fee")


def test_CQ_19_2_nothing_is_deducted_off_the_platforms_bill() -> None:
    deduct(1, balance=50000, most=60000, past=e.accepted_order()).then_refused("billing.wrong_state")


def test_several_deductions_stay_within_the_ratio_together() -> None:
    once = (*e.invoiced_order("service", e.line(100000)), e.deducted(40000))
    deduct(20000, balance=90000, most=60000, past=once).then(e.deducted(20000))
    deduct(20001, balance=90000, most=60000, past=once).then_refused("billing.exceeds_subsidy_ratio")


def test_a_voucher_may_pay_the_whole_bill_where_the_programme_says_so() -> None:
    deduct(None, balance=100000, most=100000).then(e.deducted(100000), InvoiceCleared())


def test_an_order_takes_one_voucher_and_a_penalty_none() -> None:
    once = (*e.invoiced_order("service", e.line(100000)), e.deducted(40000))
    deduct(1, balance=90000, most=60000, past=once, grant=UUID(int=99)).then_refused("billing.another_voucher_used")
    for kind in ("no_show", "late_cancel"):
        past = e.invoiced_order(kind, e.line(100000))
        deduct(1, balance=90000, most=60000, past=past).then_refused("billing.kind_takes_no_voucher")


def test_objections_of_the_programme_come_together_with_the_rest() -> None:
    objection = Violation("vouchers.related_parties")
    deduct(0, balance=0, most=0, objections=(objection,)).then_refused(
        "vouchers.related_parties", "billing.nothing_to_deduct"
    )


def refuse(ground: str, reason: str, exception: str | None = None, edition: Edition = CHONGQING) -> Outcome:
    return given(ORDER, *e.invoiced_order()).when(
        deducting.refuse, grant=e.GRANT, ground=ground, reason=reason, exception_reference=exception, edition=edition
    )


def test_CQ_19_3_refusing_a_voucher_needs_a_listed_reason_or_an_exception() -> None:
    refuse("expired", "券已过有效期").then(VoucherRefused(grant=e.GRANT, ground="expired", reason="券已过有效期"))
    refuse("expired", " ").then_refused("billing.refusal_without_reason")
    refuse("prefer_cash", "希望收现金").then_refused("billing.refusal_ground_not_listed")
    allowed = VoucherRefused(
        grant=e.GRANT, ground="prefer_cash", reason="希望收现金", exception_reference="渝科委〔2026〕5号"
    )
    refuse("prefer_cash", "希望收现金", "渝科委〔2026〕5号").then(allowed)


def test_where_no_duty_to_accept_vouchers_exists_a_reason_is_enough() -> None:
    refuse("prefer_cash", "希望收现金", edition=JIANGSU).then(
        VoucherRefused(grant=e.GRANT, ground="prefer_cash", reason="希望收现金")
    )
    strict = with_value(JIANGSU, "voucher.refusal_rule", "exception_only")
    refuse("prefer_cash", "希望收现金", edition=strict).then_refused("billing.refusal_ground_not_listed")


def test_a_refused_voucher_is_not_deducted_and_a_deducted_one_not_refused() -> None:
    refused = VoucherRefused(grant=e.GRANT, ground="expired", reason="券已过有效期")
    past = (*e.invoiced_order("service", e.line(100000)), refused)
    deduct(1, balance=90000, most=60000, past=past).then_refused("billing.voucher_was_refused")
    given(ORDER, *e.invoiced_order(), e.deducted(1)).when(
        deducting.refuse,
        grant=e.GRANT,
        ground="expired",
        reason="x",
        exception_reference=None,
        edition=CHONGQING,
    ).then_refused("billing.already_deducted")
