# SPDX-License-Identifier: Apache-2.0
"""A sample order walked from its application to its rating, with the bill, its figures, and who sees what."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.billing.accept_service import AcceptService
from application.billing.invoice_fee import InvoiceFee
from application.command import Result
from application.errors import NotPermitted
from application.samples.accept_samples import AcceptSamples
from application.samples.acknowledge_test_report import AcknowledgeTestReport
from application.samples.apply_for_test import ApplyForTest
from application.samples.deliver_test_report import DeliverTestReport
from application.samples.draft_test_report import DraftTestReport
from application.samples.rate_sample_order import RateSampleOrder
from application.samples.receive_samples import ReceiveSamples
from application.samples.record_sample_test import RecordSampleTest
from application.samples.review_test_report import ReviewTestReport
from application.samples.withdraw_samples import WithdrawSamples
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.kernel.house_rules import HouseRules
from domain.kernel.time import Span
from domain.resources.booking_events import HouseRulesPublished
from domain.standing.ids import standing_id
from projections import sample_orders, service_figures
from projections import utilisation_rates as rates
from tests.application.reservations.province import Province, at, province

__all__ = ["province"]
DIGEST = "c" * 64
MARCH = date(2026, 3, 1)


def colleague_of(province: Province) -> Actor:
    """Another of the unit's staff."""
    return Actor(user=uuid4(), role=Role.MANAGING_UNIT, organisation=province.university, unit=province.unit)


def apply(province: Province, actor: Actor | None = None, **changes: Any) -> Result:  # noqa: ANN401 - any field
    facts = {
        "resource_id": province.resource,
        "purpose": "scientific_research",
        "sample_count": 4,
        "description": "合金粉末",
        "return_wanted": True,
        "no_state_secrets": True,
        **changes,
    }
    return province.do(ApplyForTest(**facts), actor or province.customer, at(9, day=2))


def test_a_sample_order_from_application_to_rating(province: Province) -> None:
    contract = province.contract()
    order = apply(province, contract_id=contract.id).id
    staff, first, second = province.manager, colleague_of(province), colleague_of(province)
    accepted = province.do(AcceptSamples(order_id=order, expected_minutes=120), staff, at(10, day=2))
    assert accepted.data["estimate_fen"] == 60_000
    received = province.do(ReceiveSamples(order_id=order, count=4), staff, at(11, day=2))
    assert received.data["number"] == "YP-JS-U01-2026-000001"
    assert received.data["labels"][-1] == "YP-JS-U01-2026-000001/004"  # type: ignore[index]
    test = RecordSampleTest(order_id=order, span=Span(start=at(9), end=at(11)), succeeded=3, failed=1)
    tested = province.do(test, staff, at(12))
    assert tested.data["amount_fen"] == 60_000
    province.do(DraftTestReport(order_id=order, digest=DIGEST, title="成分报告"), colleague_of(province), at(14))
    review = ReviewTestReport(order_id=order, digest=DIGEST)
    with pytest.raises(DomainError):
        province.do(review, staff, at(15))
    province.do(review, first, at(15))
    province.do(review, second, at(16))
    province.do(DeliverTestReport(order_id=order, method="sent", tracking_number="SF1"), staff, at(17))
    with pytest.raises(NotPermitted):
        province.do(AcknowledgeTestReport(order_id=order), province.individual, at(18))
    province.do(AcknowledgeTestReport(order_id=order), province.customer, at(18))
    rating = RateSampleOrder(order_id=order, score="4.5")  # type: ignore[arg-type]
    province.do(rating, province.customer, at(19))
    with pytest.raises(DomainError):
        province.do(rating, province.customer, at(19))
    use = province.state(UUID(str(tested.data["reservation_id"])))
    assert (use.state, use.service_mode, use.samples, use.contract) == (
        "completed",
        "commissioned_test",
        3,
        contract.id,
    )
    assert str(use.rating) == "4.5"
    the_bill(province, UUID(str(tested.data["service_order_id"])))
    figures_follow(province, order)


def the_bill(province: Province, service_order: UUID) -> None:
    province.do(AcceptService(order_id=service_order), province.customer, at(20))
    province.do(InvoiceFee(order_id=service_order), province.manager, at(20))
    bill = province.state(service_order)
    assert (bill.state, bill.amount_fen, bill.used_minutes, bill.samples) == ("invoiced", 60_000, 120, 3)


def figures_follow(province: Province, order: UUID) -> None:
    projector = province.home.projector()
    assert projector.lead()
    projector.catch_up()
    projector.close()
    with province.home.database.reading() as cursor:
        row = sample_orders.sample_order(cursor, order)
        assert row is not None
        assert (row["state"], row["succeeded"], row["failed"], row["rating"]) == ("acknowledged", 3, 1, "4.5")
        assert row["turnaround_minutes"] == 30 * 60
        [line], _ = sample_orders.turnaround(cursor, MARCH, date(2026, 3, 31), unit=province.unit)
        assert (line.orders, line.median_hours, line.p90_hours) == (1, "30.00", "30.00")
        [used] = rates.utilisation(cursor, MARCH, MARCH, by="unit", as_of=at(20)).rows
        assert (used.uses, used.external_uses, used.used_minutes) == (1, 1, 120)
        [total] = service_figures.service_totals(cursor, MARCH, MARCH, capacity={}).rows
        assert (total.figures["samples"], total.figures["external_minutes"]) == (3, 120)


def test_questions_stop_no_test_and_the_rating_of_the_order_is_its_feedback(province: Province) -> None:
    rules = HouseRules.model_validate(
        {"questions": ["磁性"], "must_read": ["须知"], "feedback": {"questions": ["满意"]}}
    )
    province.add(province.resource, HouseRulesPublished(rules_version=1, rules=rules))
    order, staff = apply(province, contract_id=province.contract().id).id, province.manager
    province.do(AcceptSamples(order_id=order), staff, at(10, day=2))
    province.do(ReceiveSamples(order_id=order, count=4), staff, at(11, day=2))
    for start in (9, 12):
        done = Span(start=at(start), end=at(start + 1))
        test = RecordSampleTest(order_id=order, span=done, succeeded=2, last=start == 12, answers={"磁性": "否"})
        use = UUID(str(province.do(test, staff, at(14)).data["reservation_id"]))
        assert province.state(use).answers == {"磁性": "否"}
    province.do(DraftTestReport(order_id=order, digest=DIGEST, title="报告"), colleague_of(province), at(15))
    review = ReviewTestReport(order_id=order, digest=DIGEST)
    for hour in (15, 16):
        province.do(review, colleague_of(province), at(hour))
    province.do(DeliverTestReport(order_id=order, method="sent", tracking_number="SF1"), staff, at(17))
    province.do(AcknowledgeTestReport(order_id=order), province.customer, at(18))
    standing = standing_id(province.unit, province.client)
    assert len(province.state(standing).owed) == 2
    province.do(RateSampleOrder(order_id=order, score="4.5"), province.customer, at(19))  # type: ignore[arg-type]
    assert province.state(standing).owed == {}


def test_use_for_others_without_a_contract_is_refused_as_for_any_use(province: Province) -> None:
    order = apply(province).id
    province.do(AcceptSamples(order_id=order), province.manager, at(10, day=2))
    province.do(ReceiveSamples(order_id=order, count=4), province.manager, at(11, day=2))
    test = RecordSampleTest(order_id=order, span=Span(start=at(9), end=at(11)), succeeded=4)
    with pytest.raises(DomainError) as refused:
        province.do(test, province.manager, at(12))
    assert refused.value.codes == ("reservations.contract_missing",)


def test_the_daily_intake_is_a_counter_and_the_refusal_names_the_next_free_day(province: Province) -> None:
    rules = HouseRules(daily_sample_intake=5)
    province.add(province.resource, HouseRulesPublished(rules_version=1, rules=rules))
    first, second = apply(province).id, apply(province).id
    province.do(AcceptSamples(order_id=first), province.manager, at(10, day=2))
    with pytest.raises(DomainError) as refused:
        province.do(AcceptSamples(order_id=second), province.manager, at(10, day=2))
    [told] = refused.value.violations
    assert (told.code, told.parameters["used"], told.parameters["next_free"]) == ("samples.day_full", 4, "2026-03-03")
    given_up = province.do(WithdrawSamples(order_id=first, reason="样品失效"), province.customer, at(11, day=2))
    assert given_up.data["owed_fen"] == 0
    province.do(AcceptSamples(order_id=second), province.manager, at(12, day=2))


def test_numbers_have_no_gaps_within_unit_and_year(province: Province) -> None:
    numbers = []
    for _ in range(3):
        order = apply(province).id
        province.do(AcceptSamples(order_id=order), province.manager, at(10, day=2))
        done = province.do(ReceiveSamples(order_id=order, count=1), province.manager, at(11, day=2))
        numbers.append(str(done.data["number"])[-6:])
    assert numbers == ["000001", "000002", "000003"]


def test_a_temporary_customer_is_entered_with_the_order_and_named_nowhere_in_clear(province: Province) -> None:
    done = apply(
        province,
        province.manager,
        temporary_customer={"name": "来样客户", "phone": "19900010001"},
        invoice={"title": "示例材料有限公司", "tax_number": "91993205DEMJ00142X"},
    )
    user = province.state(UUID(str(done.data["user_id"])))
    assert (user.user_kind, user.legal_person, user.name.value) == ("individual", None, "来样客户")
    with province.home.database.reading() as cursor:
        rows = cursor.execute("SELECT state FROM events").fetchall()
    stored = b"".join(bytes(row[0]) for row in rows).decode()
    assert not any(word in stored for word in ("来样客户", "19900010001", "91993205DEMJ00142X", "示例材料有限公司"))


def test_a_wrong_tax_number_is_refused_with_the_reason(province: Province) -> None:
    with pytest.raises(DomainError) as refused:
        apply(province, invoice={"title": "示例", "tax_number": "91993205DEMJ001420"})
    [told] = refused.value.violations
    assert (told.code, told.parameters["reason"]) == ("samples.invalid_tax_number", "check_digit")


def test_a_user_applies_for_nobody_else(province: Province) -> None:
    for changes in ({"on_behalf_of": uuid4()}, {"temporary_customer": {"name": "来样客户"}}):
        with pytest.raises(NotPermitted):
            apply(province, **changes)
