# SPDX-License-Identifier: Apache-2.0
"""Debts order by order, and the ledger that proves every fen."""

from datetime import date
from typing import Any

from domain.billing.charge_events import (
    AdjustmentDeclined,
    AdjustmentProposed,
    ChargeAdjusted,
    ChargeCorrected,
    UsePriced,
)
from domain.billing.events import FeePartlyRefunded, InvoiceVoided, PaymentReceived, ServiceAccepted
from domain.kernel.ledger import transfer
from projections import ledger
from projections.ledger import ACCOUNTS, MONEY_EVENTS, accounts, trial_balance
from projections.readmodel import Row
from projections.receivables import MODEL, ORDERS, ages, receivable, receivables
from tests.projections.conftest import Stage
from tests.projections.examples import CUSTOMER, PROVIDER, UNIT, deducted, delivered, invoiced, opened, settled
from tests.projections.memory_rows import History, at, ident

ORDER = ident("order")


def payment(amount_fen: int) -> PaymentReceived:
    entries = transfer("cash:provider", "receivable:customer", amount_fen)
    return PaymentReceived(amount_fen=amount_fen, bank_reference="B-1", received_on=date(2026, 2, 3), entries=entries)


def billed(log: History) -> History:
    log.add(ORDER, opened(), delivered(32_000), ServiceAccepted())
    return log.add(ORDER, invoiced(32_000, 7), occurred_at=at("2026-02-01 00:30"))


def amounts(row: Row) -> tuple[str, int, int, int, int]:
    return row["state"], row["invoiced_fen"], row["deducted_fen"], row["paid_fen"], row["open_fen"]


def test_a_bill_ages_from_its_local_day_and_is_paid_in_parts() -> None:
    log = billed(History(MODEL))
    row = log.row(ORDERS, ORDER)
    assert (row["bill_number"], row["invoiced_on"]) == ("JS-U01-2026-000007", date(2026, 2, 1))
    log.add(ORDER, deducted(9_600), payment(20_000))
    assert amounts(log.row(ORDERS, ORDER)) == ("invoiced", 32_000, 9_600, 20_000, 2_400)
    log.add(ORDER, payment(2_400), *settled(32_000, date(2026, 2, 9)))
    row = log.row(ORDERS, ORDER)
    assert amounts(row) == ("settled", 32_000, 9_600, 22_400, 0)
    assert (row["income_class"], row["version"]) == ("unit_income", 9)
    log.add(ORDER, FeePartlyRefunded(voucher_part_fen=30, cash_part_fen=70, reason="r", entries=()))
    row = log.row(ORDERS, ORDER)
    assert (row["state"], row["refunded_fen"], row["open_fen"]) == ("settled", 100, 0)


def test_what_the_charge_rests_on_and_how_it_changed_stands_beside_it() -> None:
    started = at("2026-01-05 09:00")
    priced = UsePriced(start=started, booked=None, fund_card="FC-1", project_type="research")
    log = History(MODEL).add(ORDER, opened(), priced, delivered(32_000), ServiceAccepted())
    row = log.row(ORDERS, ORDER)
    assert (row["fund_card"], row["project_type"], row["adjustment"]) == ("FC-1", "research", None)
    proposal: dict[str, Any] = {"lines": (), "amount_fen": 5, "reason": "r"}
    log.add(ORDER, AdjustmentProposed(**proposal, proposed_by=ORDER))
    assert (log.row(ORDERS, ORDER)["adjustment"]["state"], log.row(ORDERS, ORDER)["delivered_fen"]) == (
        "proposed",
        32_000,
    )
    log.add(ORDER, AdjustmentDeclined(reason="no"))
    assert log.row(ORDERS, ORDER)["adjustment"]["answer"] == "no"
    log.add(ORDER, ChargeAdjusted(**proposal))
    assert (log.row(ORDERS, ORDER)["state"], log.row(ORDERS, ORDER)["delivered_fen"]) == ("accepted", 5)
    again: dict[str, Any] = {
        "used_on": date(2026, 1, 5),
        "used_minutes": 9,
        "tariff_version": 1,
        "lines": (),
        "reason": "r",
    }
    log.add(ORDER, ChargeCorrected(**again, amount_fen=5))
    assert (log.row(ORDERS, ORDER)["state"], log.row(ORDERS, ORDER)["adjustment"]) == ("accepted", None)
    log.add(ORDER, ChargeCorrected(**again, amount_fen=6))
    assert (log.row(ORDERS, ORDER)["state"], log.row(ORDERS, ORDER)["used_minutes"]) == ("delivered", 9)


def test_a_voided_bill_owes_nothing_until_it_is_issued_anew() -> None:
    voided = InvoiceVoided(reason="r", voucher_restored_fen=9_600, entries=())
    log = billed(History(MODEL)).add(ORDER, deducted(9_600), voided)
    row = log.row(ORDERS, ORDER)
    assert (amounts(row), row["bill_number"]) == (("accepted", 0, 0, 0, 0), None)
    assert amounts(log.add(ORDER, invoiced(31_000, 8)).row(ORDERS, ORDER)) == ("invoiced", 31_000, 0, 0, 31_000)


def test_debts_by_age(stage: Stage) -> None:
    log = billed(History(MODEL))
    log.add(ident("old"), opened(), delivered(5_000), ServiceAccepted())
    log.add(ident("old"), invoiced(5_000, 8), occurred_at=at("2025-11-01 09:00"))
    cursor = stage.show(log)
    (debts,) = ages(cursor, date(2026, 3, 3))
    assert (debts.provider, debts.orders, debts.open_fen) == (PROVIDER, 2, 37_000)
    assert debts.by_age == {"0-30": 32_000, "31-60": 0, "61-90": 0, "90+": 5_000}
    assert debts.position == log.events[-1].position
    assert len(receivables(cursor, customer=CUSTOMER, only_open=True).rows) == 2
    assert receivables(cursor, unit=UNIT, states=("settled",)).rows == []
    assert (receivable(cursor, ORDER) or {})["open_fen"] == 32_000


def test_the_ledger_sums_every_entry_of_every_money_event() -> None:
    log = billed(History(ledger.MODEL)).add(ORDER, deducted(9_600), payment(22_400), *settled(32_000, date(2026, 2, 9)))
    rows = {row["account"]: row for row in log.rows.all(ACCOUNTS)}
    customer = rows["receivable:customer"]
    assert (customer["debit_fen"], customer["credit_fen"], customer["balance_fen"]) == (32_000, 32_000, 0)
    assert rows["income.unit_income:provider"]["balance_fen"] == -32_000
    assert sum(row["balance_fen"] for row in rows.values()) == 0


def test_the_trial_balance_is_zero(stage: Stage) -> None:
    cursor = stage.show(billed(History(ledger.MODEL)).add(ORDER, deducted(9_600), payment(22_400)))
    balance = trial_balance(cursor)
    assert (balance.difference_fen, balance.debit_fen) == (0, 64_000)
    assert balance.by_kind == {"cash": 22_400, "income.accrued": -32_000, "receivable": 0, "voucher_receivable": 9_600}
    assert [row["account"] for row in accounts(cursor, prefix="receivable:").rows] == ["receivable:customer"]
    assert balance.position == 60


def test_every_event_with_entries_is_followed() -> None:
    assert frozenset(event.TYPE for event in MONEY_EVENTS) == ledger.MODEL.types
    assert {"billing.FeeInvoiced", "vouchers.ClawbackOrdered"} <= {event.TYPE for event in MONEY_EVENTS}
