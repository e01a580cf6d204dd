# SPDX-License-Identifier: Apache-2.0
"""The credit line on the real database: what is owed is looked up only where a line is published."""

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from application.billing.accept_service import AcceptService
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.reservations.record_use import RecordUse
from domain.kernel.errors import DomainError
from domain.kernel.time import Span
from tests.application.reservations.house import publish_for_unit, statements
from tests.application.reservations.province import Province, at, span
from tests.application.standing.town import tick

if TYPE_CHECKING:
    from application.command import Result

EVENING = at(20)
LATER = span(9, 11, day=5)


def owing(province: Province) -> UUID:
    """Two hours of use by the enterprise, delivered and not paid: 600 yuan."""
    contract = province.contract()
    use = RecordUse(
        resource_id=province.resource,
        user_id=province.client,
        span=Span(start=at(9), end=at(11)),
        purpose="scientific_research",
        contract_id=contract.id,
    )
    done = province.do(use, province.manager, EVENING)
    tick(province, EVENING)
    return UUID(str(done.data["order_id"]))


def ask(province: Province) -> "Result":
    return province.ask(now=at(12, day=4), span=LATER)


def test_a_debt_above_the_line_refuses_new_reservations_until_it_is_paid(province: Province) -> None:
    publish_for_unit(province, credit={"limit_fen": 59_999})
    order = owing(province)
    with pytest.raises(DomainError) as refused:
        ask(province)
    [told] = refused.value.violations
    assert (told.code, told.parameters["to_pay_fen"]) == ("reservations.credit_line_exceeded", 1)
    province.do(AcceptService(order_id=order), province.customer, at(21))
    bill = province.do(InvoiceFee(order_id=order), province.manager, at(21))
    tick(province, at(21))
    with pytest.raises(DomainError) as refused:
        ask(province)
    assert refused.value.violations[0].parameters["bills"] == bill.data["bill_number"]
    paid = ReceivePayment(order_id=order, amount_fen=60_000, bank_reference="ICBC-1", received_on=at(9).date())
    province.do(paid, province.manager, at(22))
    tick(province, at(22))
    assert ask(province).data["state"] == "requested"


def test_the_line_itself_may_be_owed_and_another_organisation_owes_nothing(province: Province) -> None:
    publish_for_unit(province, credit={"limit_fen": 60_000})
    owing(province)
    assert ask(province).data["state"] == "requested"
    publish_for_unit(province, at(13, day=4), credit={"limit_fen": 0})
    assert province.ask(province.individual, at(14, day=4), span=span(13, 15, day=5)).data["state"] == "requested"


def test_no_statement_is_added_where_no_line_is_published(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = []
    for day, rules in ((5, {"waiting_list": True}), (6, {"waiting_list": True, "credit": {"limit_fen": 10**9}})):
        publish_for_unit(province, at(8, day=2), **rules)
        province.ask(now=at(12, day=4), span=span(15, 16, day=day))
        with statements(monkeypatch) as sent:
            province.ask(now=at(12, day=4), span=span(9, 11, day=day))
        counts.append([each for each in sent if "receivables" in each])
    assert (len(counts[0]), len(counts[1])) == (0, 1)
