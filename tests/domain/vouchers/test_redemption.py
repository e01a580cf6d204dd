# SPDX-License-Identifier: Apache-2.0
"""A claim from the payee's application to payment and recovery."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.kernel.actor import Role
from domain.kernel.errors import Violation
from domain.kernel.ledger import transfer
from domain.kernel.personal import Personal
from domain.policy import Edition
from domain.vouchers import accounts, claiming, deciding, paying
from domain.vouchers.comparing import compare
from domain.vouchers.events import (
    ClawbackAnnulled,
    ClawbackOrdered,
    ClawbackPartlyReceived,
    ClawbackReceived,
    ObjectionDecided,
    ObjectionRaised,
    PaymentReturned,
    RedemptionBatched,
    RedemptionChecked,
    RedemptionCorrected,
    RedemptionHeld,
    RedemptionHoldReleased,
    RedemptionPartlyReimbursed,
    RedemptionPublicised,
    RedemptionReimbursed,
    RedemptionRejected,
    RedemptionUnbatched,
    ReturnedForCorrection,
)
from domain.vouchers.grant import GRANT
from domain.vouchers.redemption import REDEMPTION
from domain.vouchers.values import Finding
from infrastructure.policy.calendars import load_calendar
from tests.domain.editions import CHONGQING, JIANGSU
from tests.domain.given import Outcome, given
from tests.domain.vouchers import examples as e

DAY = timedelta(days=1)
OBJECTION = UUID(int=77)


def claim(amount: int = 40000, terms: dict[str, Any] | None = None, **changes: Any) -> Outcome:  # noqa: ANN401
    facts: dict[str, Any] = {
        "grant_id": e.GRANT_ID,
        "order_id": e.ORDER_ID,
        "number": "CXQ-2026-000001-D-000001",
        "payee": e.PROVIDER,
        "payee_account": Personal.of(e.PROVIDER, "4301 0001"),
        "invoice": e.INVOICE,
        "documents": (),
        "applicant": e.CLERK,
        "available_fen": 50000,
        "today": e.TODAY,
    }
    order = changes.pop("order", e.order())
    voucher = GRANT.fold(e.voucher())
    return given(REDEMPTION).when(
        claiming.apply, e.programme(**terms or {}), voucher, order, amount_fen=amount, **facts | changes
    )


def test_the_payee_claims_what_was_deducted() -> None:
    claim().then(e.claimed())
    claim(39999).then(e.claimed(39999))
    claim(40001).then_refused("vouchers.exceeds_claimable")
    claim(0).then_refused("vouchers.nothing_claimed")


def test_only_a_settled_service_on_which_this_voucher_was_deducted_is_claimed() -> None:
    claim(order=e.order(state="paid", settled_on=None)).then_refused("vouchers.order_not_settled")
    claim(order=e.order(kind="no_show")).then_refused("vouchers.kind_not_eligible")
    claim(order=e.order(deducted_grant=UUID(int=9))).then_refused("vouchers.no_such_deduction")


def test_the_invoice_is_the_registered_tax_document() -> None:
    claim(order=e.order(document=None)).then_refused("vouchers.no_tax_document")
    other = e.INVOICE.model_copy(update={"number": "25322000000012345679"})
    claim(invoice=other).then_refused("vouchers.invoice_differs")


def test_the_last_day_to_claim_is_included() -> None:
    last = date(2026, 2, 25) + timedelta(days=90)
    assert claim(today=last).events
    claim(today=last + DAY).then_refused("vouchers.redemption_too_late")
    assert claim(terms={"redemption_deadline_days": None}, today=last + DAY).events


def test_in_subsidy_mode_the_claim_is_bounded_by_the_fee_paid_and_by_the_voucher() -> None:
    subsidy = {"payee": "beneficiary", "settlement_mode": "subsidy"}
    order = e.order(deducted_grant=None, deducted_fen=0, paid_fen=100000, claimable_fen=60000)
    claim(50000, subsidy, order=order, payee=e.COMPANY).then(
        e.claimed(50000, 0).model_copy(update={"payee": e.COMPANY})
    )
    claim(50001, subsidy, order=order, payee=e.COMPANY).then_refused("vouchers.exceeds_voucher_balance")
    claim(60001, subsidy, order=order, available_fen=90000).then_refused("vouchers.exceeds_claimable")
    claim(1, subsidy, order=order, objections=(Violation("vouchers.related_parties"),)).then_refused(
        "vouchers.related_parties"
    )


def findings(**facts: Any) -> dict[str, bool]:  # noqa: ANN401
    compared = compare(
        facts.get("claim", e.claim()),
        facts.get("order", e.order()),
        facts.get("contract", e.contract()),
        facts.get("use", e.use()),
        facts.get("standing", e.standing()),
    )
    return {finding.rule: finding.holds for finding in compared}


def test_a_claim_in_order_agrees_in_every_comparison() -> None:
    assert len(findings()) == 13
    assert all(findings().values())


@pytest.mark.parametrize(
    ("facts", "fails"),
    [
        ({"contract": None}, "contract_exists"),
        ({"contract": e.contract(signed_on=None)}, "contract_signed_before_use"),
        ({"contract": e.contract(signed_on=date(2026, 2, 11))}, "contract_signed_before_use"),
        ({"contract": e.contract(covers=False)}, "contract_covers_the_order"),
        ({"contract": e.contract(provider=e.CITY)}, "contract_covers_the_order"),
        ({"order": e.order(state="refunded")}, "order_is_settled"),
        ({"order": e.order(kind="no_show")}, "order_is_a_service"),
        ({"use": e.use(finished=False)}, "use_is_the_orders"),
        ({"use": e.use(resource=e.CITY)}, "use_is_the_orders"),
        ({"use": e.use(customer=e.CITY)}, "use_is_the_orders"),
        ({"use": e.use(used_minutes=119)}, "use_agrees_with_the_bill"),
        ({"use": e.use(samples=2)}, "use_agrees_with_the_bill"),
        ({"order": e.order(document=None)}, "invoice_is_registered"),
        ({"order": e.order(paid_fen=59999)}, "payment_is_complete"),
        ({"order": e.order(claimable_fen=39999)}, "claim_is_within_the_voucher"),
        ({"standing": e.standing(related=True)}, "parties_are_not_related"),
        ({"standing": e.standing(sme_on_contract_date=False)}, "tech_sme_on_contract_date"),
        ({"standing": e.standing(sme_on_grant_date=False)}, "tech_sme_on_grant_date"),
    ],
)
def test_each_disagreement_is_found_alone(facts: dict[str, Any], fails: str) -> None:
    assert [rule for rule, holds in findings(**facts).items() if not holds] == [fails]


def test_a_bill_of_another_amount_than_its_invoice_is_found() -> None:
    failing = [rule for rule, holds in findings(order=e.order(amount_fen=90000, paid_fen=50000)).items() if not holds]
    assert failing == ["invoice_agrees_with_the_bill"]


def test_what_a_programme_does_not_ask_for_is_not_compared() -> None:
    unasked = e.standing(sme_on_contract_date=None, sme_on_grant_date=None, contract_needed=False)
    compared = findings(contract=None, standing=unasked, use=e.use(samples=None))
    assert all(compared.values())
    assert "tech_sme_on_grant_date" not in compared
    assert findings(use=None)["use_agrees_with_the_bill"] is False


AGREES, DIFFERS = Finding(rule="order_is_settled", holds=True), Finding(rule="payment_is_complete", holds=False)


def check(checker: UUID, *found: Finding) -> Outcome:
    return given(REDEMPTION, e.claimed()).when(claiming.check, checker=checker, findings=found, signature="e-sign:7")


def test_a_person_signs_that_everything_agrees() -> None:
    signed = Finding(rule="checker_has_signed", holds=True, detail="e-sign:7")
    check(e.CHECKER, AGREES).then(RedemptionChecked(checker=e.CHECKER, findings=(AGREES, signed)))
    check(e.CHECKER, AGREES, DIFFERS, DIFFERS).then_refused("vouchers.comparison_fails", "vouchers.comparison_fails")
    check(e.CLERK, AGREES).then_refused("vouchers.checker_is_applicant")
    given(REDEMPTION, e.claimed(), e.claim_checked()).when(
        claiming.check, checker=e.CHECKER, findings=(), signature="x"
    ).then_refused("vouchers.redemption_wrong_state")


TEN_DAYS = load_calendar().after(e.TODAY, 10)


def returned(count: int = 1) -> ReturnedForCorrection:
    return ReturnedForCorrection(
        items=("发票不清晰",), deadline=TEN_DAYS.day, calendar="mainland-2026-1", provisional=False, count=count
    )


def test_a_claim_is_returned_corrected_and_keeps_its_number() -> None:
    facts = {"items": ("发票不清晰",), "deadline": TEN_DAYS}
    given(REDEMPTION, e.claimed()).when(claiming.send_back, **facts).then(returned())
    given(REDEMPTION, e.claimed(), e.claim_checked()).when(claiming.send_back, **facts).then(returned())
    given(REDEMPTION, e.claimed()).when(claiming.send_back, **facts | {"items": ()}).then_refused(
        "vouchers.nothing_to_correct"
    )


def correct(amount: int, *, day: date = e.TODAY, available: int = 0, past: Any = None) -> Outcome:  # noqa: ANN401
    return given(REDEMPTION, *(past or (e.claimed(), returned()))).when(
        claiming.correct,
        e.order(),
        invoice=e.INVOICE,
        documents=(),
        amount_fen=amount,
        available_fen=available,
        today=day,
    )


def test_a_correction_comes_within_its_deadline_and_within_the_same_bounds() -> None:
    corrected = RedemptionCorrected(
        invoice=e.INVOICE, documents=(), amount_fen=30000, previous_invoice=e.INVOICE, previous_amount_fen=40000
    )
    outcome = correct(30000).then(corrected)
    assert (outcome.state.state, outcome.state.amount_fen, outcome.state.returns) == ("applied", 30000, 1)
    correct(30000, day=TEN_DAYS.day + DAY).then_refused("vouchers.correction_too_late")
    correct(40001).then_refused("vouchers.exceeds_claimable")
    correct(30000, past=(e.claimed(),)).then_refused("vouchers.redemption_wrong_state")
    subsidy = (e.claimed(10000, 0), returned())
    correct(10001, past=subsidy).then_refused("vouchers.exceeds_voucher_balance")
    assert correct(10001, past=subsidy, available=1).events


def shown() -> RedemptionPublicised:
    return RedemptionPublicised(shown_from=e.TODAY, shown_until=e.TODAY + DAY)


def raised() -> ObjectionRaised:
    return ObjectionRaised(objection=OBJECTION, reason="服务未发生")


def test_a_checked_claim_is_shown_and_objected_to_while_on_view() -> None:
    checked = given(REDEMPTION, e.claimed(), e.claim_checked())
    facts = {"shown_from": e.TODAY, "shown_until": e.TODAY + DAY}
    checked.when(claiming.publicise, today=e.TODAY, **facts).then(shown())
    checked.when(claiming.publicise, today=e.TODAY + DAY, **facts).then_refused("vouchers.period_has_passed")
    on_view = given(REDEMPTION, e.claimed(), e.claim_checked(), shown())
    words = {"objection": OBJECTION, "reason": "服务未发生"}
    on_view.when(claiming.object_to, today=e.TODAY + DAY, **words).then(raised())
    on_view.when(claiming.object_to, today=e.TODAY + 2 * DAY, **words).then_refused("vouchers.not_on_view")
    checked.when(claiming.object_to, today=e.TODAY, **words).then_refused("vouchers.not_on_view")


def test_an_objection_is_decided_once() -> None:
    history = given(REDEMPTION, e.claimed(), e.claim_checked(), shown(), raised())
    decided = ObjectionDecided(objection=OBJECTION, upheld=False, reason="记录一致")
    facts = {"upheld": False, "reason": "记录一致"}
    history.when(claiming.decide_objection, objection=OBJECTION, **facts).then(decided)
    history.when(claiming.decide_objection, objection=UUID(int=1), **facts).then_refused("vouchers.no_such_objection")
    given(REDEMPTION, e.claimed(), e.claim_checked(), shown(), raised(), decided).when(
        claiming.decide_objection, objection=OBJECTION, **facts
    ).then_refused("vouchers.objection_decided")


def approve(*past: Any, by: UUID = e.APPROVER, amount: int | None = None, day: date = e.TODAY) -> Outcome:  # noqa: ANN401
    history = given(REDEMPTION, e.claimed(), e.claim_checked(), *past)
    return history.when(deciding.approve, e.programme(), approver=by, amount_fen=amount, today=day)


def test_another_person_approves_at_most_what_was_claimed() -> None:
    approve().then(e.approved())
    approve(amount=39999).then(e.approved(39999))
    approve(amount=40001).then_refused("vouchers.exceeds_claim")
    approve(amount=0).then_refused("vouchers.nothing_approved")
    approve(by=e.CHECKER).then_refused("vouchers.approver_is_checker")
    approve(by=e.CLERK).then_refused("vouchers.approver_is_applicant")
    given(REDEMPTION, e.claimed()).when(
        deciding.approve, e.programme(), approver=e.APPROVER, amount_fen=None, today=e.TODAY
    ).then_refused("vouchers.redemption_wrong_state")


def test_approval_waits_for_the_public_view_and_for_objections() -> None:
    approve(shown(), day=e.TODAY + DAY).then_refused("vouchers.still_on_view")
    after = e.TODAY + 2 * DAY
    assert approve(shown(), day=after).events
    approve(shown(), raised(), day=after).then_refused("vouchers.objection_stands")
    dismissed = ObjectionDecided(objection=OBJECTION, upheld=False, reason="x")
    upheld = ObjectionDecided(objection=OBJECTION, upheld=True, reason="x")
    assert approve(shown(), raised(), dismissed, day=after).events
    approve(shown(), raised(), upheld, day=after).then_refused("vouchers.objection_stands")


def test_in_subsidy_mode_the_approval_takes_from_what_was_granted() -> None:
    outcome = given(REDEMPTION, e.claimed(100, 0), e.claim_checked()).when(
        deciding.approve, e.programme(), approver=e.APPROVER, amount_fen=None, today=e.TODAY
    )
    assert outcome.state.approval_entries[0].account == accounts.granted(e.GRANT_ID)


def rejected(amount: int = 40000, *, approved: bool = False) -> RedemptionRejected:
    entries = transfer(accounts.used(e.GRANT_ID), accounts.payable(e.PROVIDER), -amount) if approved else ()
    return RedemptionRejected(
        reason="金额不符",
        order=e.ORDER_ID,
        grant=e.GRANT_ID,
        invoice=e.INVOICE,
        freed_fen=amount,
        entries=entries,
    )


def held() -> RedemptionHeld:
    return RedemptionHeld(case_reference="JB-1", reason="举报", review_on=e.TODAY)


def test_the_centre_rejects_before_the_check_and_the_science_department_after_it() -> None:
    fresh = given(REDEMPTION, e.claimed())
    checked = given(REDEMPTION, e.claimed(), e.claim_checked())
    fresh.when(deciding.reject, role=Role.SERVICE_CENTRE, reason="金额不符").then(rejected())
    checked.when(deciding.reject, role=Role.SCIENCE_DEPARTMENT, reason="金额不符").then(rejected())
    fresh.when(deciding.reject, role=Role.SCIENCE_DEPARTMENT, reason="x").then_refused("vouchers.not_for_this_role")
    checked.when(deciding.reject, role=Role.SERVICE_CENTRE, reason="x").then_refused("vouchers.not_for_this_role")
    approved = given(REDEMPTION, e.claimed(), e.claim_checked(), e.approved())
    approved.when(deciding.reject, role=Role.SCIENCE_DEPARTMENT, reason="x").then_refused(
        "vouchers.redemption_wrong_state"
    )


def test_a_held_claim_is_released_to_be_approved_anew_or_rejected() -> None:
    facts = {"case_reference": "JB-1", "reason": "举报", "today": e.TODAY}
    for past in ((e.claimed(), e.claim_checked()), (e.claimed(), e.claim_checked(), e.approved())):
        given(REDEMPTION, *past).when(deciding.hold, review_on=e.TODAY, **facts).then(held())
    given(REDEMPTION, e.claimed(), e.claim_checked()).when(
        deciding.hold, review_on=e.TODAY - DAY, **facts
    ).then_refused("vouchers.review_day_has_passed")
    history = given(REDEMPTION, e.claimed(), e.claim_checked(), e.approved(), held())
    back = transfer(accounts.used(e.GRANT_ID), accounts.payable(e.PROVIDER), -40000)
    released = history.when(deciding.release_hold, reason="查无实据")
    released.then(RedemptionHoldReleased(reason="查无实据", entries=back))
    assert (released.state.state, released.state.approver, released.state.approved_fen) == ("checked", None, 0)
    history.when(deciding.reject, role=Role.SCIENCE_DEPARTMENT, reason="金额不符").then(rejected(approved=True))


def test_only_an_approved_claim_enters_a_batch_and_leaves_it_unpaid() -> None:
    given(REDEMPTION, e.claimed(), e.claim_checked(), e.approved()).when(deciding.batch, batch_id=e.BATCH_ID).then(
        RedemptionBatched(batch=e.BATCH_ID)
    )
    given(REDEMPTION, e.claimed(), e.claim_checked()).when(deciding.batch, batch_id=e.BATCH_ID).then_refused(
        "vouchers.redemption_wrong_state"
    )
    given(REDEMPTION, *e.batched_claim()).when(deciding.unbatch, reason="账户有误").then(
        RedemptionUnbatched(batch=e.BATCH_ID, reason="账户有误")
    )
    given(REDEMPTION, *e.batched_claim(), payment(e.PROVINCE, 20000)).when(deciding.unbatch, reason="x").then_refused(
        "vouchers.partly_paid"
    )


def payment(funder: UUID, amount: int, reference: str = "T-1", *, last: bool = False) -> Any:  # noqa: ANN401
    event = RedemptionReimbursed if last else RedemptionPartlyReimbursed
    return event(
        funder=funder,
        amount_fen=amount,
        bank_reference=reference,
        paid_on=e.TODAY,
        budget=e.BUDGET,
        payer=e.PAYER,
        entries=accounts.payout(e.PROGRAMME_ID, funder, e.PROVIDER, e.PROVIDER, amount),
    )


def pay(funder: UUID, amount: int | None, *past: Any, reference: str = "T-1", **changes: Any) -> Outcome:  # noqa: ANN401
    facts: dict[str, Any] = {"paid_on": e.TODAY, "budget": e.BUDGET, "payer": e.PAYER, "today": e.TODAY}
    return given(REDEMPTION, *e.batched_claim(), *past).when(
        paying.reimburse, funder=funder, amount_fen=amount, bank_reference=reference, **facts | changes
    )


def test_each_funder_pays_its_part_and_the_last_fen_reimburses() -> None:
    pay(e.PROVINCE, None).then(payment(e.PROVINCE, 20000))
    pay(e.PROVINCE, 1).then(payment(e.PROVINCE, 1))
    first = payment(e.PROVINCE, 20000)
    done = pay(e.CITY, None, first, reference="T-2").then(payment(e.CITY, 20000, "T-2", last=True))
    assert (done.state.state, done.state.paid_fen) == ("reimbursed", 40000)
    pay(e.CITY, 19999, first, reference="T-2").then(payment(e.CITY, 19999, "T-2"))


def test_nobody_pays_more_than_is_due_or_to_his_own_decision() -> None:
    pay(e.PROVINCE, 20001).then_refused("vouchers.exceeds_due")
    pay(e.PROVINCE, None, payment(e.PROVINCE, 20000)).then_refused("vouchers.nothing_due")
    pay(e.COMPANY, None).then_refused("vouchers.nothing_due")
    pay(e.PROVINCE, None, payer=e.CHECKER).then_refused("vouchers.payer_is_checker")
    pay(e.PROVINCE, None, payer=e.APPROVER).then_refused("vouchers.payer_is_approver")
    pay(e.PROVINCE, None, paid_on=e.TODAY + DAY).then_refused("vouchers.paid_in_future")


REIMBURSED = (*e.batched_claim(), payment(e.PROVINCE, 20000), payment(e.CITY, 20000, "T-2", last=True))


def test_a_payment_that_came_back_is_due_again() -> None:
    back = PaymentReturned(
        funder=e.CITY,
        amount_fen=20000,
        bank_reference="T-2",
        reason="户名不符",
        entries=accounts.reversed_(accounts.payout(e.PROGRAMME_ID, e.CITY, e.PROVIDER, e.PROVIDER, 20000)),
    )
    history = given(REDEMPTION, *REIMBURSED)
    outcome = history.when(paying.return_payment, bank_reference="T-2", reason="户名不符").then(back)
    assert (outcome.state.state, outcome.state.paid_fen, outcome.state.due_fen(e.CITY)) == ("batched", 20000, 20000)
    history.when(paying.return_payment, bank_reference="T-9", reason="x").then_refused("vouchers.no_such_payment")
    again = given(REDEMPTION, *REIMBURSED, back)
    again.when(paying.return_payment, bank_reference="T-2", reason="x").then_refused("vouchers.no_such_payment")


def order_clawback(amount: int, edition: Edition = CHONGQING, **changes: Any) -> Outcome:  # noqa: ANN401
    facts: dict[str, Any] = {
        "document_reference": "渝科监1号",
        "case_reference": "JB-1",
        "role": Role.SCIENCE_DEPARTMENT,
    }
    return given(REDEMPTION, *REIMBURSED).when(
        paying.order_clawback, e.REDEMPTION_ID, amount_fen=amount, edition=edition, **facts | changes
    )


def ordered(amount: int = 40000) -> ClawbackOrdered:
    return ClawbackOrdered(
        amount_fen=amount,
        document_reference="渝科监1号",
        case_reference="JB-1",
        entries=accounts.clawback(e.PROGRAMME_ID, e.REDEMPTION_ID, amount),
    )


def test_CQ_24_1_a_clawback_is_at_most_what_was_reimbursed() -> None:
    order_clawback(40000).then(ordered())
    order_clawback(40001).then_refused("vouchers.exceeds_reimbursed")
    order_clawback(0).then_refused("vouchers.nothing_to_recover")


def test_JS_31_2_a_clawback_is_ordered_by_the_handler_of_the_regime_with_its_document() -> None:
    order_clawback(1, JIANGSU).then_refused("vouchers.not_the_handler")
    assert order_clawback(1, JIANGSU, role=Role.COMPETENT_DEPARTMENT).events
    order_clawback(1, CHONGQING, role=Role.COMPETENT_DEPARTMENT).then_refused("vouchers.not_the_handler")
    order_clawback(1, document_reference=" ").then_refused("vouchers.clawback_without_document")


def test_only_a_reimbursed_claim_is_clawed_back() -> None:
    given(REDEMPTION, *e.batched_claim()).when(
        paying.order_clawback,
        e.REDEMPTION_ID,
        amount_fen=1,
        document_reference="x",
        case_reference="x",
        role=Role.SCIENCE_DEPARTMENT,
        edition=CHONGQING,
    ).then_refused("vouchers.redemption_wrong_state")


def recover(amount: int, *past: Any) -> Outcome:  # noqa: ANN401
    return given(REDEMPTION, *REIMBURSED, ordered(), *past).when(
        paying.receive_clawback, e.REDEMPTION_ID, amount_fen=amount, bank_reference="R-1"
    )


def recovered(amount: int, *, last: bool) -> Any:  # noqa: ANN401
    event = ClawbackReceived if last else ClawbackPartlyReceived
    entries = accounts.recovery(e.PROGRAMME_ID, e.REDEMPTION_ID, e.PROVIDER, e.PROVIDER, amount)
    return event(amount_fen=amount, bank_reference="R-1", entries=entries)


def test_CQ_24_1_a_clawback_stays_open_until_the_last_fen() -> None:
    part = recover(39999).then(recovered(39999, last=False))
    assert (part.state.state, part.state.clawback_open_fen) == ("clawback_ordered", 1)
    whole = recover(40000).then(recovered(40000, last=True))
    assert whole.state.state == "clawed_back"
    recover(2, recovered(39999, last=False)).then_refused("vouchers.exceeds_clawback")
    recover(0).then_refused("vouchers.nothing_recovered")


def test_an_annulled_clawback_repays_what_was_received_and_leaves_no_trace_on_the_accounts() -> None:
    part = recovered(10000, last=False)
    facts = {"decision_reference": "渝科监2号", "reason": "复核撤销", "edition": CHONGQING}
    history = given(REDEMPTION, *REIMBURSED, ordered(), part)
    outcome = history.when(paying.annul_clawback, e.REDEMPTION_ID, role=Role.SCIENCE_DEPARTMENT, **facts)
    outcome.then(
        ClawbackAnnulled(
            decision_reference="渝科监2号",
            reason="复核撤销",
            repaid_fen=10000,
            entries=accounts.reversed_((*ordered().entries, *part.entries)),
        )
    )
    assert (outcome.state.state, outcome.state.clawback_open_fen) == ("reimbursed", 0)
    history.when(paying.annul_clawback, e.REDEMPTION_ID, role=Role.AUDITOR, **facts).then_refused(
        "vouchers.not_the_handler"
    )
