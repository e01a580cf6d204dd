# SPDX-License-Identifier: Apache-2.0
"""What units did for whom, and for how much: monthly sums of uses and of settled money.

Uses count in the month of use (minutes split at month ends), money in the month of settlement, less all its refunds.
Charges for no-shows and late cancellation never count (ruling 8.8). A use that was aborted adds its minutes alone.
Whatever changes a use or an order takes its old figures out of the sums and puts the new ones in.
"""

from uuid import UUID

from domain.billing.events import (
    FeeInvoiced,
    FeePartlyRefunded,
    FeeRefunded,
    InvoiceVoided,
    OrderSettled,
    ServiceOrderOpened,
    VoucherDeducted,
)
from domain.kernel.event import Recorded
from domain.kernel.time import local_date
from domain.parties.events import TechSmeEvidenceRecorded
from domain.reservations.events import ReservationRequested, UsageAborted, UsageCompleted, UsageCorrected
from domain.reservations.transfer_events import ReservationTransferred
from domain.vouchers.events import (
    ClawbackAnnulled,
    ClawbackOrdered,
    PaymentReturned,
    RedemptionApplied,
    RedemptionReimbursed,
)
from projections.handlers import Handlers, known, new_row
from projections.months import month_of, split_by_month
from projections.readmodel import ReadModel, Row, Rows
from projections.service_tables import CLAIMS, CUSTOMERS, EVIDENCE, INCOME, ORDERS, TOTALS, USERS, USES

on = Handlers()


@on
def _request(event: ReservationRequested, recorded: Recorded, rows: Rows) -> None:
    parties = event.model_dump(include={"unit", "provider", "customer", "external"})
    none = {"used_minutes": 0, "samples": 0, "persons": 0, "completed": False}
    rows.put(USES, new_row(USES, reservation=recorded.stream, user_id=event.user, **parties, **none))


@on
def _transfer(event: ReservationTransferred, recorded: Recorded, rows: Rows) -> None:
    rows.change(USES, recorded.stream, user_id=event.user)


@on
def _complete(event: UsageCompleted, recorded: Recorded, rows: Rows) -> None:
    figures = event.model_dump(include={"started_at", "ended_at", "used_minutes", "samples", "persons"})
    _recount(rows, recorded.stream, figures | {"completed": True})


@on
def _abort_or_correct(event: UsageAborted | UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    _recount(rows, recorded.stream, event.model_dump(include={"started_at", "ended_at", "used_minutes", "samples"}))


@on
def _record_evidence(event: TechSmeEvidenceRecorded, recorded: Recorded, rows: Rows) -> None:
    evidence = event.model_dump(include={"number", "valid_from", "valid_until"})
    rows.put(EVIDENCE, new_row(EVIDENCE, legal_person=recorded.stream, **evidence))


@on
def _open(event: ServiceOrderOpened, recorded: Recorded, rows: Rows) -> None:
    if event.kind != "service":
        return
    parties = event.model_dump(include={"unit", "provider", "user_kind", "external"})
    none = dict.fromkeys(("amount_fen", "deducted_fen", "refunded_fen", "redeemed", "clawbacks"), 0)
    rows.put(ORDERS, new_row(ORDERS, order_id=recorded.stream, **parties, **none))


@on
def _invoice(event: FeeInvoiced, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, recorded.stream, amount_fen=event.amount_fen)


@on
def _void(_event: InvoiceVoided, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, recorded.stream, amount_fen=0, deducted_fen=0)


@on
def _deduct(event: VoucherDeducted, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, recorded.stream, plus={"deducted_fen": event.amount_fen})


@on
def _settle(event: OrderSettled, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, recorded.stream, settled_in=month_of(event.settled_on))


@on
def _refund(event: FeeRefunded | FeePartlyRefunded, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, recorded.stream, plus={"refunded_fen": event.voucher_part_fen + event.cash_part_fen})


@on
def _claim(event: RedemptionApplied, recorded: Recorded, rows: Rows) -> None:
    rows.put(CLAIMS, {"redemption": recorded.stream, "order_id": event.order, "reimbursed": False})


@on
def _pay(_event: RedemptionReimbursed, recorded: Recorded, rows: Rows) -> None:
    _redeem(rows, recorded.stream, paid=True)


@on
def _take_back(_event: PaymentReturned, recorded: Recorded, rows: Rows) -> None:
    _redeem(rows, recorded.stream, paid=False)


@on
def _claw_back(_event: ClawbackOrdered, recorded: Recorded, rows: Rows) -> None:
    """From the order to recover on, the service no longer counts (ruling 8.9)."""
    _rebook(rows, known(rows, CLAIMS, recorded.stream)["order_id"], plus={"clawbacks": 1})


@on
def _annul(_event: ClawbackAnnulled, recorded: Recorded, rows: Rows) -> None:
    _rebook(rows, known(rows, CLAIMS, recorded.stream)["order_id"], plus={"clawbacks": -1})


MODEL = ReadModel(
    "service_totals", (TOTALS, INCOME, USERS, CUSTOMERS, EVIDENCE, USES, ORDERS, CLAIMS), on.apply, types=on.types
)


def actual_service_fen(order: Row) -> int:
    """What an order adds to the actual service total: settled, external, with a voucher, not recovered (A30)."""
    with_voucher = order["deducted_fen"] > 0 or order["redeemed"] > 0
    counts = order["settled_in"] and order["external"] and with_voucher and order["clawbacks"] == 0
    return order["amount_fen"] - order["refunded_fen"] if counts else 0


def _redeem(rows: Rows, redemption: UUID, *, paid: bool) -> None:
    claim = known(rows, CLAIMS, redemption)
    if claim["reimbursed"] != paid:
        rows.change(CLAIMS, redemption, reimbursed=paid)
        _rebook(rows, claim["order_id"], plus={"redeemed": 1 if paid else -1})


def _recount(rows: Rows, reservation: UUID, changes: Row) -> None:
    before = known(rows, USES, reservation)
    after = before | changes
    _count(rows, before, -1)
    rows.put(USES, after)
    _count(rows, after, 1)


def _count(rows: Rows, use: Row, sign: int) -> None:
    """Add a use to the sums (`sign` 1) or take it out (-1). Before it took place there is nothing to count."""
    if use["started_at"] is None:
        return
    whose = (use["unit"], use["provider"])
    outside = int(use["external"])
    parts = split_by_month(use["started_at"], use["ended_at"], use["used_minutes"])
    for month, minutes in parts.items():
        rows.add(TOTALS, month, *whose, used_minutes=sign * minutes, external_minutes=outside * sign * minutes)
    if not use["completed"]:
        return
    day = local_date(use["started_at"])
    month = month_of(day)
    people = {"person_times": sign * use["persons"], "samples": sign * use["samples"]}
    rows.add(TOTALS, month, *whose, uses=sign, external_uses=outside * sign, **people)
    rows.add(USERS, month, *whose, use["user_id"], uses=sign)
    if use["external"] and use["customer"] is not None:
        rows.add(CUSTOMERS, day, *whose, use["customer"], uses=sign)


def _rebook(rows: Rows, order_id: UUID, *, plus: dict[str, int] | None = None, **changes: object) -> None:
    """Change an order and the sums it stands in. Charges that are no service have no row and count nowhere."""
    before = rows.get(ORDERS, order_id)
    if before is None:
        return
    after = before | changes | {name: before[name] + amount for name, amount in (plus or {}).items()}
    _book(rows, before, -1)
    rows.put(ORDERS, after)
    _book(rows, after, 1)


def _book(rows: Rows, order: Row, sign: int) -> None:
    if order["settled_in"] is None:
        return
    whose = (order["settled_in"], order["unit"], order["provider"])
    outside = int(order["external"])
    amounts = {
        "income_fen": sign * order["amount_fen"],
        "voucher_fen": sign * order["deducted_fen"],
        "refunds_fen": sign * order["refunded_fen"],
    }
    rows.add(
        TOTALS,
        *whose,
        **amounts,
        orders=sign,
        external_orders=outside * sign,
        external_income_fen=outside * amounts["income_fen"],
        external_refunds_fen=outside * amounts["refunds_fen"],
        actual_service_total_fen=sign * actual_service_fen(order),
    )
    rows.add(INCOME, *whose, order["user_kind"], **amounts, orders=sign)
