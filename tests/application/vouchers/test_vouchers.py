# SPDX-License-Identifier: Apache-2.0
"""From a programme to a paid and recovered claim, on the real database."""

from datetime import date
from uuid import uuid4

import pytest

from application.billing.deduct_voucher import DeductVoucher
from application.billing.refund_fee import RefundFee
from application.errors import KeyTaken, NotPermitted
from application.vouchers.annul_clawback import AnnulClawback
from application.vouchers.apply_for_redemption import ApplyForRedemption
from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.approve_redemption import ApproveRedemption
from application.vouchers.check_redemption import CheckRedemption
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.close_voucher_programme import CloseVoucherProgramme
from application.vouchers.correct_redemption import CorrectRedemption
from application.vouchers.decide_objection import DecideObjection
from application.vouchers.expire_voucher import ExpireVoucher
from application.vouchers.freeze_batch import FreezeBatch
from application.vouchers.hold_redemption import HoldRedemption
from application.vouchers.order_clawback import OrderClawback
from application.vouchers.publicise_redemption import PubliciseRedemption
from application.vouchers.raise_objection import RaiseObjection
from application.vouchers.raise_programme_budget import RaiseProgrammeBudget
from application.vouchers.receive_clawback import ReceiveClawback
from application.vouchers.reject_redemption import RejectRedemption
from application.vouchers.reject_voucher_application import RejectVoucherApplication
from application.vouchers.release_redemption_hold import ReleaseRedemptionHold
from application.vouchers.return_payment import ReturnPayment
from application.vouchers.return_redemption import ReturnRedemption
from application.vouchers.revoke_voucher import RevokeVoucher
from application.vouchers.unbatch_redemption import UnbatchRedemption
from domain.kernel.actor import Actor, Role
from domain.kernel.errors import DomainError
from domain.reservations.events import UsageCorrected
from tests.application.deciding import decided
from tests.application.reservations.province import at
from tests.application.vouchers.treasury import Treasury


def test_a_voucher_draws_on_every_budget_and_on_the_yearly_cap(treasury: Treasury) -> None:
    programme = treasury.programme()
    treasury.voucher(programme, 50_000)
    assert treasury.left(f"programme:{programme}:{treasury.city}") == 25_000
    assert treasury.left(f"beneficiary:{programme}:2026:{treasury.province.enterprise}") == 10_000
    with pytest.raises(DomainError, match="annual_cap_exceeded"):
        treasury.voucher(programme, 10_001)
    treasury.voucher(programme, 10_000)


def test_a_local_government_raises_its_own_budget_only(treasury: Treasury) -> None:
    programme = treasury.programme()
    mayor = Actor(user=uuid4(), role=Role.LOCAL_GOVERNMENT, organisation=treasury.city)
    raise_own = RaiseProgrammeBudget(
        programme_id=programme,
        funder_id=treasury.city,
        amount_fen=5,
        decision_reference=decided(treasury.province.home, "财1号"),
    )
    treasury.do(raise_own, mayor)
    assert treasury.left(f"programme:{programme}:{treasury.city}") == 50_005
    with pytest.raises(NotPermitted):
        treasury.do(raise_own.model_copy(update={"funder_id": treasury.science}), mayor)


def test_a_closed_programme_takes_no_applications(treasury: Treasury) -> None:
    programme = treasury.programme()
    treasury.do(CloseVoucherProgramme(programme_id=programme, reason="预算用完"), treasury.grantor)
    with pytest.raises(DomainError, match="programme_not_open"):
        treasury.voucher(programme)


def test_an_application_is_rejected_or_refused_without_evidence(treasury: Treasury) -> None:
    programme = treasury.programme()
    request = ApplyForVoucher(programme_id=programme, requested_fen=1, purpose="new_product")
    grant = treasury.do(request, treasury.province.customer).id
    treasury.do(RejectVoucherApplication(grant_id=grant, reason="材料不全"), treasury.checker)
    with pytest.raises(DomainError, match="beneficiary_not_admitted"):
        treasury.do(request, treasury.province.individual)
    second = treasury.province.do(request, treasury.province.customer).id
    with pytest.raises(DomainError, match="no_valid_evidence"):
        treasury.province.do(CheckVoucherEligibility(grant_id=second), treasury.checker, at(12).replace(year=2027))


def test_what_lapses_returns_to_the_budgets(treasury: Treasury) -> None:
    programme = treasury.programme()
    grant = treasury.voucher(programme)
    system = treasury.province.system
    with pytest.raises(DomainError, match="still_valid"):
        treasury.do(ExpireVoucher(grant_id=grant), system)
    treasury.province.do(ExpireVoucher(grant_id=grant), system, at(12).replace(month=6))
    assert treasury.left(f"programme:{programme}:{treasury.city}") == 50_000
    assert treasury.left(f"grant:{grant}") == 0


def test_a_revoked_voucher_keeps_its_used_part_and_a_refund_returns_it_to_the_budgets(treasury: Treasury) -> None:
    programme = treasury.programme()
    grant = treasury.voucher(programme)
    order = treasury.settled(grant)
    revoke = RevokeVoucher(
        grant_id=grant, decision_reference=decided(treasury.province.home, "监1号"), reason="资格丧失"
    )
    treasury.do(revoke, treasury.grantor)
    assert treasury.left(f"programme:{programme}:{treasury.city}") == 41_000
    treasury.do(RefundFee(order_id=order, reason="退费"), treasury.clerk)
    assert treasury.province.state(grant).state == "revoked"
    assert treasury.left(f"programme:{programme}:{treasury.city}") == 50_000


def test_a_claim_is_checked_approved_frozen_and_paid_by_both_funders(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    claim = treasury.approved(order, grant)
    batch = treasury.freeze(claim)
    assert treasury.pay(claim, treasury.science, "T-1").data == {"state": "batched", "paid_fen": 9_000}
    treasury.pay(claim, treasury.city, "T-2", 1)
    with pytest.raises(KeyTaken):
        treasury.pay(claim, treasury.city, "T-2", 1)
    assert treasury.pay(claim, treasury.city, "T-3").data == {"state": "reimbursed", "paid_fen": 18_000}
    settled = treasury.province.state(batch)
    assert (settled.state, settled.total_fen) == ("settled", 18_000)


def test_nobody_signs_twice(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    claim = treasury.claimed(treasury.settled(grant), grant)
    treasury.do(CheckRedemption(redemption_id=claim, signature="e-sign:1"), treasury.checker)
    same_person = Actor(user=treasury.checker.user, role=Role.SCIENCE_DEPARTMENT)
    with pytest.raises(DomainError, match="approver_is_checker"):
        treasury.do(ApproveRedemption(redemption_id=claim), same_person)


def test_a_record_of_use_corrected_after_the_bill_lets_no_check_pass(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    claim = treasury.claimed(order, grant)
    reservation = treasury.province.state(order).reservation
    corrected = UsageCorrected(started_at=at(9), ended_at=at(10), used_minutes=60, samples=0, reason="x")
    treasury.province.add(reservation, corrected)
    with pytest.raises(DomainError) as refused:
        treasury.do(CheckRedemption(redemption_id=claim, signature="e-sign:1"), treasury.checker)
    assert [item.parameters["finding"] for item in refused.value.violations] == ["use_agrees_with_the_bill"]


def test_an_order_is_claimed_once_until_the_claim_is_rejected(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    claim = treasury.claimed(order, grant)
    with pytest.raises(KeyTaken):
        treasury.claimed(order, grant)
    with pytest.raises(DomainError, match="redemption_open"):
        treasury.do(RefundFee(order_id=order, reason="退费"), treasury.clerk)
    treasury.do(RejectRedemption(redemption_id=claim, reason="材料不全"), treasury.checker)
    assert treasury.claimed(order, grant) != claim


def test_only_the_payee_claims(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    with pytest.raises(NotPermitted):
        treasury.claimed(order, grant, treasury.province.customer)
    no_account = ApplyForRedemption(order_id=order, grant_id=grant)
    with pytest.raises(DomainError, match="no_payee_account"):
        treasury.do(no_account, treasury.clerk)


def test_a_claim_is_returned_corrected_shown_objected_to_held_and_approved_anew(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    claim = treasury.claimed(treasury.settled(grant), grant)
    back = ReturnRedemption(redemption_id=claim, items=("发票不清晰",), working_days=4)
    treasury.do(back, treasury.checker)
    treasury.do(CorrectRedemption(redemption_id=claim, amount_fen=17_000), treasury.clerk)
    check = CheckRedemption(redemption_id=claim, signature="e-sign:1")
    treasury.do(check, treasury.checker)
    show = PubliciseRedemption(redemption_id=claim, shown_from=date(2026, 3, 6), shown_until=date(2026, 3, 7))
    treasury.do(show, treasury.checker)
    raised = treasury.do(RaiseObjection(redemption_id=claim, reason="存疑"), treasury.province.individual)
    decide = DecideObjection.model_validate(
        {"redemption_id": claim, "objection_id": raised.data["objection"], "upheld": False, "reason": "一致"}
    )
    treasury.do(decide, treasury.grantor)
    approve = ApproveRedemption(redemption_id=claim)
    with pytest.raises(DomainError, match="still_on_view"):
        treasury.do(approve, treasury.approver)
    treasury.do(approve, treasury.approver, day=8)
    hold = HoldRedemption(redemption_id=claim, case_reference="JB-1", reason="举报", review_on=date(2026, 4, 1))
    treasury.do(hold, treasury.grantor, day=8)
    treasury.do(ReleaseRedemptionHold(redemption_id=claim, reason="查无实据"), treasury.grantor, day=8)
    treasury.do(approve, treasury.approver, day=8)
    state = treasury.province.state(claim)
    assert (state.state, state.approved_fen, state.number.rpartition("-")[2]) == ("approved", 17_000, "000001")


def test_a_batch_is_settled_when_its_last_claim_is_paid_or_taken_out(treasury: Treasury) -> None:
    programme = treasury.programme()
    grant = treasury.voucher(programme)
    claims = [treasury.approved(treasury.settled(grant), grant)]
    batch = treasury.freeze(*claims)
    unbatch = UnbatchRedemption(redemption_id=claims[0], reason="账户有误")
    treasury.do(unbatch, treasury.treasurer)
    assert treasury.province.state(batch).state == "settled"
    again = treasury.freeze(*claims)
    treasury.pay(claims[0], treasury.science, "T-1")
    treasury.do(ReturnPayment(redemption_id=claims[0], bank_reference="T-1", reason="户名不符"), treasury.payer)
    assert treasury.province.state(again).state == "frozen"
    provider_clerk = FreezeBatch(redemption_ids=tuple(claims))
    with pytest.raises(NotPermitted):
        treasury.do(provider_clerk, treasury.clerk)


def test_a_reimbursed_voucher_part_is_recovered_before_the_fee_is_refunded(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme())
    order = treasury.settled(grant)
    claim = treasury.approved(order, grant)
    treasury.freeze(claim)
    treasury.pay(claim, treasury.science, "T-1")
    treasury.pay(claim, treasury.city, "T-2")
    refund = RefundFee(order_id=order, reason="退费")
    with pytest.raises(DomainError, match="needs_clawback"):
        treasury.do(refund, treasury.clerk)
    recover = OrderClawback(
        redemption_id=claim,
        amount_fen=18_000,
        document_reference=decided(treasury.province.home, "监1号"),
        case_reference="JB-1",
    )
    with pytest.raises(DomainError, match="not_the_handler"):
        treasury.do(recover, treasury.grantor)
    treasury.do(recover, treasury.handler)
    annul = AnnulClawback(
        redemption_id=claim, decision_reference=decided(treasury.province.home, "监2号"), reason="复核撤销"
    )
    treasury.do(annul, treasury.handler)
    treasury.do(recover, treasury.handler)
    part = ReceiveClawback(redemption_id=claim, amount_fen=17_999, bank_reference="R-1")
    assert treasury.do(part, treasury.treasurer).data["open_fen"] == 1
    last = ReceiveClawback(redemption_id=claim, amount_fen=1, bank_reference="R-2")
    assert treasury.do(last, treasury.treasurer).data["state"] == "clawed_back"
    used = treasury.province.state(grant).used_fen
    treasury.do(refund, treasury.clerk)
    assert treasury.province.state(grant).used_fen == used


def test_in_subsidy_mode_the_enterprise_pays_claims_and_gets_the_voucher_back_if_rejected(
    treasury: Treasury,
) -> None:
    grant = treasury.voucher(treasury.programme(payee="beneficiary", settlement_mode="subsidy"))
    order = treasury.settled(grant, deduct=False)
    with pytest.raises(NotPermitted):
        treasury.claimed(order, grant)
    claim = treasury.claimed(order, grant, treasury.province.customer)
    voucher = treasury.province.state(grant)
    assert (voucher.used_fen, voucher.left_fen) == (18_000, 32_000)
    back = ReturnRedemption(redemption_id=claim, items=("金额",), working_days=4)
    treasury.do(back, treasury.checker)
    lower = CorrectRedemption(redemption_id=claim, amount_fen=10_000)
    treasury.do(lower, treasury.province.customer)
    assert treasury.left(f"grant:{grant}") == 40_000
    treasury.do(RejectRedemption(redemption_id=claim, reason="材料不全"), treasury.checker)
    assert treasury.left(f"grant:{grant}") == 50_000
    again = treasury.approved(order, grant, treasury.province.customer)
    treasury.freeze(again)
    treasury.pay(again, treasury.science, "T-1")
    assert treasury.pay(again, treasury.city, "T-2").data["state"] == "reimbursed"


def test_in_subsidy_mode_nothing_is_deducted_from_a_bill(treasury: Treasury) -> None:
    grant = treasury.voucher(treasury.programme(payee="beneficiary", settlement_mode="subsidy"))
    order = treasury.billed(grant)
    with pytest.raises(DomainError, match="paid_after_the_fact"):
        treasury.do(DeductVoucher(order_id=order, grant_id=grant), treasury.province.customer)
