# SPDX-License-Identifier: Apache-2.0
from typing import Any
from uuid import UUID

from domain.billing import accounts as providers_books
from domain.kernel.claims import Draw, DrawWithin, NextNumber, OpenAccount, RaiseCap, ReleaseKey, TakeKey
from domain.vouchers import accounts, lapsing
from domain.vouchers.claims import claims_of
from domain.vouchers.events import (
    ClawbackReceived,
    ProgrammeBudgetRaised,
    RedemptionBatched,
    RedemptionCorrected,
    RedemptionReimbursed,
    RedemptionRejected,
    VoucherAmountReleased,
    VoucherAmountReserved,
    VoucherAmountRestored,
    VoucherAmountUsed,
)
from domain.vouchers.grant import GRANT
from tests.domain.vouchers import examples as e

ACCOUNT = f"grant:{e.GRANT_ID}"
INVOICE = f"invoice:{e.INVOICE.issuer}::{e.INVOICE.number}"
PROVINCE_BUDGET, CITY_BUDGET = f"programme:{e.PROGRAMME_ID}:{e.PROVINCE}", f"programme:{e.PROGRAMME_ID}:{e.CITY}"


def test_a_programme_opens_the_budgets_of_its_funders_and_a_raise_lifts_them() -> None:
    assert claims_of(e.PROGRAMME_ID, e.established()) == [
        NextNumber("CXQ-2026", 1),
        OpenAccount(PROVINCE_BUDGET, 100000),
        OpenAccount(CITY_BUDGET, 100000),
    ]
    raised = ProgrammeBudgetRaised(funder=e.CITY, amount_fen=5, decision_reference="x")
    assert claims_of(e.PROGRAMME_ID, raised) == [RaiseCap(CITY_BUDGET, 5)]


def test_a_grant_draws_on_every_budget_and_on_the_yearly_cap() -> None:
    cap = f"beneficiary:{e.PROGRAMME_ID}:2026:{e.COMPANY}"
    draws = [Draw(PROVINCE_BUDGET, 25000), Draw(CITY_BUDGET, 25000)]
    opened = OpenAccount(ACCOUNT, 50000)
    assert claims_of(e.GRANT_ID, e.granted()) == [*draws, DrawWithin(cap, 80000, 50000), opened]
    uncapped = e.granted().model_copy(update={"annual_cap_fen": None})
    assert claims_of(e.GRANT_ID, uncapped) == [*draws, opened]
    assert claims_of(e.GRANT_ID, e.applied()) == [NextNumber("CXQ-2026-000001-V", 1)]
    assert claims_of(e.GRANT_ID, e.checked()) == []


def test_every_movement_of_a_voucher_draws_on_its_account() -> None:
    moves: list[tuple[Any, int]] = [
        (VoucherAmountReserved(reservation=e.RESERVATION, amount_fen=7), 7),
        (VoucherAmountReleased(reservation=e.RESERVATION, amount_fen=7, reason="x"), -7),
        (VoucherAmountUsed(order=e.ORDER_ID, amount_fen=7, reservation=e.RESERVATION, from_reserved_fen=3), 4),
        (VoucherAmountRestored(order=e.ORDER_ID, amount_fen=7, reason="x"), -7),
    ]
    for event, amount in moves:
        assert claims_of(e.GRANT_ID, event) == [Draw(ACCOUNT, amount)]


def test_what_lapses_empties_the_voucher_and_refills_the_budgets() -> None:
    state = GRANT.fold(e.voucher())
    assert state is not None
    (expired,) = lapsing.expire(state, e.GRANT_ID, today=e.TODAY.replace(year=2027))
    assert claims_of(e.GRANT_ID, expired) == [
        Draw(ACCOUNT, 50000),
        Draw(PROVINCE_BUDGET, -25000),
        Draw(CITY_BUDGET, -25000),
    ]


def test_a_claim_takes_its_order_and_its_share_of_the_invoice_until_it_is_rejected() -> None:
    assert claims_of(e.REDEMPTION_ID, e.claimed()) == [
        NextNumber("CXQ-2026-000001-D", 1),
        TakeKey("redemption.order", f"{e.ORDER_ID}:{e.GRANT_ID}", e.REDEMPTION_ID),
        TakeKey("redemption.of_order", str(e.ORDER_ID), e.REDEMPTION_ID),
        DrawWithin(INVOICE, 100000, 40000),
    ]
    rejected = RedemptionRejected(reason="x", order=e.ORDER_ID, grant=e.GRANT_ID, invoice=e.INVOICE, freed_fen=40000)
    assert claims_of(e.REDEMPTION_ID, rejected) == [
        ReleaseKey("redemption.order", f"{e.ORDER_ID}:{e.GRANT_ID}"),
        ReleaseKey("redemption.of_order", str(e.ORDER_ID)),
        Draw(INVOICE, -40000),
    ]


def corrected(amount: int, number: str = e.INVOICE.number) -> RedemptionCorrected:
    return RedemptionCorrected(
        invoice=e.INVOICE.model_copy(update={"number": number}),
        documents=(),
        amount_fen=amount,
        previous_invoice=e.INVOICE,
        previous_amount_fen=40000,
    )


def test_a_correction_moves_its_share_and_touches_an_account_once() -> None:
    assert claims_of(e.REDEMPTION_ID, corrected(40000)) == []
    assert claims_of(e.REDEMPTION_ID, corrected(30000)) == [Draw(INVOICE, -10000)]
    assert claims_of(e.REDEMPTION_ID, corrected(30000, "9" * 20)) == [
        Draw(INVOICE, -40000),
        DrawWithin(f"invoice:{e.INVOICE.issuer}::{'9' * 20}", 100000, 30000),
    ]


def test_a_bank_reference_counts_once() -> None:
    paid = RedemptionReimbursed(
        funder=e.CITY,
        amount_fen=1,
        bank_reference="T-1",
        paid_on=e.TODAY,
        budget=e.BUDGET,
        payer=e.PAYER,
        entries=(),
    )
    key = TakeKey("reimbursement.bank_reference", f"{e.CITY}:T-1", e.REDEMPTION_ID)
    assert claims_of(e.REDEMPTION_ID, paid) == [key]
    received = ClawbackReceived(amount_fen=1, bank_reference="R-1", entries=())
    assert claims_of(e.REDEMPTION_ID, received) == [TakeKey("clawback.bank_reference", "R-1", e.REDEMPTION_ID)]
    assert claims_of(e.REDEMPTION_ID, RedemptionBatched(batch=e.BATCH_ID)) == []


def test_both_rooms_name_the_same_accounts() -> None:
    grant, provider = UUID(int=1), UUID(int=2)
    names = [entry.account for entry in providers_books.voucher_use(grant, 1)]
    assert names == [accounts.granted(grant), accounts.used(grant)]
    paid = {entry.account for entry in accounts.payout(e.PROGRAMME_ID, e.CITY, provider, provider, 1)}
    assert {providers_books.cash(provider), providers_books.voucher_receivable(provider)} <= paid
