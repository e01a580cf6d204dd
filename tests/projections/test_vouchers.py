# SPDX-License-Identifier: Apache-2.0
"""Voucher money from budget to payment."""

from datetime import date

from domain.vouchers.events import (
    ClawbackOrdered,
    ClawbackPartlyReceived,
    PaymentReturned,
    RedemptionApproved,
    RedemptionBatched,
    RedemptionChecked,
    RedemptionHeld,
    RedemptionHoldReleased,
    RedemptionPartlyReimbursed,
    RedemptionReimbursed,
    ReimbursementBatchFrozen,
    ReimbursementBatchSettled,
    VoucherAmountReleased,
    VoucherAmountReserved,
    VoucherAmountRestored,
    VoucherAmountUsed,
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherExpired,
    VoucherGranted,
)
from domain.vouchers.values import BudgetLine, FundingPart
from projections.readmodel import Row
from projections.voucher_accounts import batches, grant, grants, programme, programmes, redemption, redemptions
from projections.voucher_balances import MODEL, grants_to_expire
from projections.voucher_tables import BUDGETS, GRANTS, PAYMENTS, REDEMPTIONS
from tests.projections import examples
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, PROVIDER, USER
from tests.projections.memory_rows import History, ident

PROGRAMME, GRANT, CLAIM, BATCH = (ident(name) for name in ("programme", "grant", "claim", "batch"))
PROVINCE, CITY = ident("province"), ident("city")
BUDGET = BudgetLine(functional_code="206", economic_code="302", project_code="P", document_number="D")


def parts(province_fen: int, city_fen: int) -> tuple[FundingPart, ...]:
    return FundingPart(funder=PROVINCE, amount_fen=province_fen), FundingPart(funder=CITY, amount_fen=city_fen)


def granted() -> History:
    """100,000.00 yuan of budget, of which 1,000.00 are granted."""
    wanted = VoucherApplied(
        programme=PROGRAMME,
        number="VC-JS-2026-000001",
        year=2026,
        beneficiary=CUSTOMER,
        beneficiary_is_person=False,
        applicant=USER,
        requested_fen=200_000,
        purpose="new_product",
    )
    grant = VoucherGranted(
        programme=PROGRAMME,
        beneficiary=CUSTOMER,
        year=2026,
        amount_fen=100_000,
        funding=parts(60_000, 40_000),
        annual_cap_fen=None,
        valid_until=date(2026, 6, 30),
        grantor=ident("grantor"),
        decision_reference="d",
        granted_on=date(2026, 1, 6),
        entries=(),
    )
    checked = VoucherEligibilityChecked(
        checker=ident("checker"), evidence_number="E", evidence_valid_until=date(2026, 12, 31)
    )
    return History(MODEL).add(PROGRAMME, examples.programme()).add(GRANT, wanted, checked, grant)


def use(amount_fen: int, from_reserved_fen: int) -> VoucherAmountUsed:
    return VoucherAmountUsed(
        order=ident("order"),
        amount_fen=amount_fen,
        reservation=ident("reservation"),
        from_reserved_fen=from_reserved_fen,
    )


def balance(log: History) -> tuple[str, int, int, int]:
    row = log.row(GRANTS, GRANT)
    return row["state"], row["reserved_fen"], row["used_fen"], row["returned_fen"]


def test_a_grant_draws_on_each_budget() -> None:
    log = granted()
    budgets = [(row["budget_fen"], row["granted_fen"]) for row in (log.row(BUDGETS, PROGRAMME, PROVINCE),)]
    assert budgets == [(6_000_000, 60_000)]
    assert log.row(BUDGETS, PROGRAMME, CITY)["granted_fen"] == 40_000
    assert balance(log) == ("granted", 0, 0, 0)


def test_reserved_used_released_and_restored() -> None:
    set_aside = VoucherAmountReserved(reservation=ident("reservation"), amount_fen=50_000)
    log = granted().add(GRANT, set_aside, use(30_000, 30_000))
    assert balance(log) == ("partly_used", 20_000, 30_000, 0)
    log.add(GRANT, VoucherAmountReleased(reservation=ident("reservation"), amount_fen=20_000, reason="r"))
    log.add(GRANT, use(70_000, 0))
    assert balance(log) == ("exhausted", 0, 100_000, 0)
    log.add(GRANT, VoucherAmountRestored(order=ident("order"), amount_fen=100_000, reason="refund"))
    assert balance(log) == ("granted", 0, 0, 0)


def test_what_lapses_returns_to_the_budgets() -> None:
    lapsed = VoucherExpired(programme=PROGRAMME, unused_fen=70_000, returned=parts(42_000, 28_000), entries=())
    log = granted().add(GRANT, use(30_000, 0), lapsed)
    assert balance(log) == ("expired", 0, 30_000, 70_000)
    assert [log.row(BUDGETS, PROGRAMME, funder)["returned_fen"] for funder in (PROVINCE, CITY)] == [42_000, 28_000]


def paid(funder: str, amount_fen: int) -> Row:
    return {
        "funder": ident(funder),
        "amount_fen": amount_fen,
        "bank_reference": f"B-{funder}",
        "paid_on": date(2026, 3, 1),
        "budget": BUDGET,
        "payer": ident("payer"),
        "entries": (),
    }


def claimed() -> History:
    approved = RedemptionApproved(approver=ident("approver"), amount_fen=9_600, funding=parts(5_760, 3_840), entries=())
    checked = RedemptionChecked(checker=ident("checker"), findings=())
    return granted().add(CLAIM, examples.applied(9_600), checked, approved, RedemptionBatched(batch=BATCH))


def test_each_funder_pays_its_part() -> None:
    log = claimed().add(CLAIM, RedemptionPartlyReimbursed(**paid("province", 5_760)))
    row = log.row(REDEMPTIONS, CLAIM)
    assert (row["state"], row["approved_fen"], row["paid_fen"]) == ("batched", 9_600, 5_760)
    log.add(CLAIM, RedemptionReimbursed(**paid("city", 3_840)))
    row = log.row(REDEMPTIONS, CLAIM)
    assert (row["state"], row["paid_fen"]) == ("reimbursed", 9_600)
    assert log.row(PAYMENTS, CLAIM, CITY)["paid_fen"] == 3_840
    assert log.row(BUDGETS, PROGRAMME, PROVINCE)["paid_fen"] == 5_760
    back = PaymentReturned(funder=CITY, amount_fen=3_840, bank_reference="B-city", reason="r", entries=())
    log.add(CLAIM, back)
    assert (log.row(REDEMPTIONS, CLAIM)["state"], log.row(PAYMENTS, CLAIM, CITY)["paid_fen"]) == ("batched", 0)


def test_a_hold_takes_the_approval_back_and_a_clawback_is_followed() -> None:
    held = RedemptionHeld(case_reference="c", reason="r", review_on=date(2026, 4, 1))
    log = claimed().add(CLAIM, held, RedemptionHoldReleased(reason="r"))
    assert (log.row(REDEMPTIONS, CLAIM)["state"], log.row(REDEMPTIONS, CLAIM)["approved_fen"]) == ("checked", 0)
    log = claimed().add(CLAIM, RedemptionReimbursed(**paid("province", 9_600)))
    log.add(CLAIM, ClawbackOrdered(amount_fen=9_600, document_reference="d", case_reference="c", entries=()))
    log.add(CLAIM, ClawbackPartlyReceived(amount_fen=600, bank_reference="B-9", entries=()))
    row = log.row(REDEMPTIONS, CLAIM)
    assert (row["state"], row["clawback_fen"], row["recovered_fen"]) == ("clawback_ordered", 9_600, 600)


def test_a_claim_shows_no_account_number() -> None:
    assert "6222" not in str(claimed().rows.tables)


def test_questions_about_vouchers(stage: Stage) -> None:
    frozen = ReimbursementBatchFrozen(
        number="BT-JS-2026-000001",
        programme=PROGRAMME,
        items=((CLAIM, 9_600),),
        total_fen=9_600,
        funding=parts(5_760, 3_840),
        digest="f" * 64,
    )
    log = claimed().add(BATCH, frozen).add(CLAIM, RedemptionReimbursed(**paid("province", 9_600)))
    log.add(BATCH, ReimbursementBatchSettled(paid_fen=9_600))
    cursor = stage.show(log)
    assert [row["number"] for row in programmes(cursor, year=2026).rows] == ["PG-JS-2026-000001"]
    found = programme(cursor, PROGRAMME)
    assert found is not None
    assert {row["funder"]: row["left_fen"] for row in found.budgets} == {PROVINCE: 5_940_000, CITY: 3_960_000}
    assert found.position == log.events[-1].position
    assert [row["left_fen"] for row in grants(cursor, beneficiary=CUSTOMER, states=("granted",)).rows] == [100_000]
    assert (grant(cursor, GRANT) or {})["left_fen"] == 100_000
    assert (redemption(cursor, CLAIM) or {})["payments"] == [{"funder": PROVINCE, "paid_fen": 9_600}]
    assert [row["state"] for row in redemptions(cursor, provider=PROVIDER, batch=BATCH).rows] == ["reimbursed"]
    assert [row["state"] for row in batches(cursor, programme=PROGRAMME).rows] == ["settled"]
    assert grants_to_expire(cursor, date(2026, 6, 30)) == []
    assert grants_to_expire(cursor, date(2026, 7, 1)) == [GRANT]
