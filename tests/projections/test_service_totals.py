# SPDX-License-Identifier: Apache-2.0
"""Service totals: what counts, where, and what never does."""

from datetime import date
from uuid import UUID

from domain.billing.events import FeePartlyRefunded, FeeRefunded, InvoiceVoided
from domain.parties.events import TechSmeEvidenceRecorded
from domain.reservations.events import NoShowRecorded, ReservationConfirmed, UsageAborted, UsageCorrected
from domain.vouchers.events import ClawbackAnnulled, ClawbackOrdered, RedemptionReimbursed
from domain.vouchers.values import BudgetLine
from projections.readmodel import Row
from projections.service_figures import Capacity, service_totals
from projections.service_tables import CUSTOMERS, INCOME, TOTALS
from projections.service_totals import MODEL
from tests.projections.conftest import Stage
from tests.projections.examples import (
    CUSTOMER,
    PROVIDER,
    UNIT,
    applied,
    completed,
    deducted,
    invoiced,
    opened,
    requested,
    settled,
)
from tests.projections.memory_rows import History, at, ident

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
CONFIRMED = ReservationConfirmed(automatic=True)
ORDER, CLAIM = ident("order"), ident("claim")
REIMBURSED = RedemptionReimbursed(
    funder=ident("province"),
    amount_fen=9_600,
    bank_reference="B-1",
    paid_on=date(2026, 3, 1),
    budget=BudgetLine(functional_code="206", economic_code="302", project_code="P", document_number="D"),
    payer=ident("payer"),
    entries=(),
)


def totals(log: History, month: date) -> Row:
    return log.row(TOTALS, month, UNIT, PROVIDER)


def sold(log: History, amount_fen: int, *, voucher_fen: int = 0, external: bool = True, name: str = "order") -> History:
    """An order settled on 2 February."""
    kind = "enterprise" if external else "internal"
    events = [opened(external=external, user_kind=kind), invoiced(amount_fen)]
    if voucher_fen:
        events.append(deducted(voucher_fen))
    return log.add(ident(name), *events, *settled(amount_fen, date(2026, 2, 2)))


def test_uses_hours_persons_and_samples_of_inside_and_outside_users() -> None:
    log = History(MODEL)
    log.add(ident("a"), requested("2026-01-31 23:00", "2026-02-01 01:00"), CONFIRMED)
    log.add(ident("a"), completed("2026-01-31 23:00", "2026-02-01 01:00", 120, samples=4, persons=3))
    inside = requested("2026-01-05 09:00", "2026-01-05 10:00", external=False)
    log.add(ident("b"), inside, CONFIRMED, completed("2026-01-05 09:00", "2026-01-05 10:00", 60, samples=1))
    january, february = totals(log, JANUARY), totals(log, FEBRUARY)
    assert [january[name] for name in ("uses", "external_uses", "used_minutes", "external_minutes")] == [2, 1, 120, 60]
    assert (january["person_times"], january["samples"]) == (4, 5)
    assert [february[name] for name in ("uses", "used_minutes", "external_minutes")] == [0, 60, 60]


def test_no_show_counts_nowhere_and_an_aborted_use_adds_minutes_alone() -> None:
    log = History(MODEL)
    log.add(ident("a"), requested("2026-01-05 09:00", "2026-01-05 10:00"), CONFIRMED, NoShowRecorded())
    charge = (opened(kind="no_show"), invoiced(5_000), *settled(5_000, date(2026, 1, 9)))
    late = (opened(kind="late_cancel"), invoiced(4_000), *settled(4_000, date(2026, 1, 9)))
    log.add(ident("charge"), *charge).add(ident("late"), *late)
    assert log.rows.all(TOTALS) == []
    aborted = UsageAborted(
        started_at=at("2026-01-05 09:00"), ended_at=at("2026-01-05 09:30"), used_minutes=30, ground="power", reason="r"
    )
    log.add(ident("b"), requested("2026-01-05 09:00", "2026-01-05 10:00"), CONFIRMED, aborted)
    row = totals(log, JANUARY)
    assert (row["uses"], row["person_times"], row["used_minutes"]) == (0, 0, 30)


def test_a_correction_moves_a_use_to_another_month() -> None:
    corrected = UsageCorrected(
        started_at=at("2026-02-01 09:00"), ended_at=at("2026-02-01 09:50"), used_minutes=50, samples=2, reason="r"
    )
    log = History(MODEL).add(ident("a"), requested("2026-01-31 09:00", "2026-01-31 10:00"), CONFIRMED)
    log.add(ident("a"), completed("2026-01-31 09:00", "2026-01-31 10:00", 60, samples=1, persons=2), corrected)
    january, february = totals(log, JANUARY), totals(log, FEBRUARY)
    assert {january[name] for name in ("uses", "used_minutes", "person_times", "samples")} == {0}
    assert [february[name] for name in ("uses", "used_minutes", "person_times", "samples")] == [1, 50, 2, 2]


def test_money_counts_in_the_month_of_settlement_less_refunds() -> None:
    log = sold(History(MODEL), 32_000, voucher_fen=9_600)
    sold(log, 10_000, external=False, name="inside")
    row = totals(log, FEBRUARY)
    assert [row[name] for name in ("orders", "external_orders", "income_fen", "external_income_fen")] == [
        2,
        1,
        42_000,
        32_000,
    ]
    assert (row["voucher_fen"], row["actual_service_total_fen"]) == (9_600, 32_000)
    log.add(ORDER, FeePartlyRefunded(voucher_part_fen=300, cash_part_fen=700, reason="r", entries=()))
    row = totals(log, FEBRUARY)
    assert (row["income_fen"], row["refunds_fen"], row["actual_service_total_fen"]) == (42_000, 1_000, 31_000)
    log.add(ORDER, FeeRefunded(voucher_part_fen=9_300, cash_part_fen=21_700, reason="r", entries=()))
    row = totals(log, FEBRUARY)
    assert (row["refunds_fen"], row["external_refunds_fen"], row["actual_service_total_fen"]) == (32_000, 32_000, 0)
    kinds = [log.row(INCOME, FEBRUARY, UNIT, PROVIDER, kind)["income_fen"] for kind in ("enterprise", "internal")]
    assert kinds == [32_000, 10_000]


def test_an_order_without_a_voucher_or_before_settlement_adds_nothing_to_the_actual_service_total() -> None:
    assert totals(sold(History(MODEL), 32_000), FEBRUARY)["actual_service_total_fen"] == 0
    log = History(MODEL).add(ORDER, opened(), invoiced(32_000), deducted(9_600))
    assert log.rows.all(TOTALS) == []
    log.add(ORDER, InvoiceVoided(reason="r", voucher_restored_fen=9_600, entries=()), invoiced(30_000, 2))
    log.add(ORDER, *settled(30_000, date(2026, 2, 2)))
    row = totals(log, FEBRUARY)
    assert (row["income_fen"], row["voucher_fen"], row["actual_service_total_fen"]) == (30_000, 0, 0)


def test_an_order_leaves_the_total_at_clawback_and_returns_when_it_is_annulled() -> None:
    log = sold(History(MODEL), 32_000).add(CLAIM, applied(9_600))
    assert totals(log, FEBRUARY)["actual_service_total_fen"] == 0
    log.add(CLAIM, REIMBURSED)
    assert totals(log, FEBRUARY)["actual_service_total_fen"] == 32_000
    log.add(CLAIM, ClawbackOrdered(amount_fen=9_600, document_reference="d", case_reference="c", entries=()))
    assert totals(log, FEBRUARY)["actual_service_total_fen"] == 0
    log.add(CLAIM, ClawbackAnnulled(decision_reference="d", reason="r", repaid_fen=0, entries=()))
    assert totals(log, FEBRUARY)["actual_service_total_fen"] == 32_000


def test_distinct_users_and_smes_do_not_add_up_over_months(stage: Stage) -> None:
    log = History(MODEL)
    evidence = TechSmeEvidenceRecorded(number="E-1", valid_from=date(2026, 1, 5), valid_until=date(2026, 12, 31))
    for name, day in (("a", "2026-01-04"), ("b", "2026-01-05"), ("c", "2026-02-05")):
        start, end = f"{day} 09:00", f"{day} 10:00"
        log.add(ident(name), requested(start, end), CONFIRMED, completed(start, end, 60, persons=2))
    log.add(ident("d"), requested("2026-01-06 09:00", "2026-01-06 10:00", user=ident("other"), customer=ident("big")))
    log.add(ident("d"), CONFIRMED, completed("2026-01-06 09:00", "2026-01-06 10:00", 60))
    log.add(CUSTOMER, evidence)
    cursor = stage.show(log)
    months = service_totals(cursor, JANUARY, FEBRUARY).rows
    assert [(row.month, row.figures["person_times"], row.distinct_users, row.smes_served) for row in months] == [
        (JANUARY, 5, 2, 1),
        (FEBRUARY, 2, 1, 1),
    ]
    (whole,) = service_totals(cursor, JANUARY, FEBRUARY, monthly=False).rows
    assert (whole.month, whole.figures["person_times"], whole.distinct_users, whole.smes_served) == (None, 7, 2, 1)
    (early,) = service_totals(cursor, JANUARY, JANUARY, unit=UNIT, provider=PROVIDER).rows
    assert early.figures["uses"] == 3


def test_an_inside_customer_is_not_an_sme_served() -> None:
    log = History(MODEL).add(ident("a"), requested("2026-01-05 09:00", "2026-01-05 10:00", external=False), CONFIRMED)
    log.add(ident("a"), completed("2026-01-05 09:00", "2026-01-05 10:00", 60))
    assert log.rows.all(CUSTOMERS) == []


def test_hours_stand_beside_open_and_rated_hours(stage: Stage) -> None:
    log = sold(History(MODEL), 32_000, voucher_fen=9_600)
    log.add(ident("a"), requested("2026-02-05 09:00", "2026-02-05 10:00"), CONFIRMED)
    log.add(ident("a"), completed("2026-02-05 09:00", "2026-02-05 10:00", 60))
    capacity: dict[tuple[date | None, UUID], Capacity] = {
        (FEBRUARY, UNIT): Capacity(opened_minutes=480, rated_minutes=400)
    }
    report = service_totals(stage.show(log), FEBRUARY, FEBRUARY, capacity=capacity)
    (row,) = report.rows
    assert (row.hours_to_opened, row.hours_to_rated) == ("0.1250", "0.1500")
    assert row.income_by_user_kind == {
        "enterprise": {"orders": 1, "income_fen": 32_000, "voucher_fen": 9_600, "refunds_fen": 0}
    }
    assert report.position == log.events[-1].position
    assert service_totals(stage.connection.cursor(), JANUARY, JANUARY).rows == []
