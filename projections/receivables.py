# SPDX-License-Identifier: Apache-2.0
"""What providers are owed, order by order, and how old it is. Amounts in fen."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from psycopg import sql

from domain.billing.charge_events import (
    AdjustmentDeclined,
    AdjustmentProposed,
    ChargeAdjusted,
    ChargeCorrected,
    ChargeLockSetAside,
    FundCardNamed,
    UsePriced,
)
from domain.billing.events import (
    FeeInvoiced,
    FeePartlyRefunded,
    FeeRefunded,
    IncomeUseBooked,
    InvoiceCleared,
    InvoiceVoided,
    OrderSettled,
    PaymentReceived,
    ReworkRequested,
    ServiceAccepted,
    ServiceDelivered,
    ServiceOrderOpened,
    ServiceOrderVoided,
    TaxDocumentRegistered,
    VoucherDeducted,
    VoucherRefused,
)
from domain.kernel.event import Recorded
from domain.kernel.numbers import document_number
from domain.kernel.time import local_date
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

ORDERS = Table(
    "receivables",
    ("id",),
    {
        "id": "uuid",
        "kind": "text",
        "reservation": "uuid",
        "contract": "uuid",
        "resource": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "customer_user": "uuid",
        "user_kind": "text",
        "external": "boolean",
        "purpose": "text",
        "voucher_grant": "uuid",
        "state": "text",
        "used_on": "date",
        "used_minutes": "bigint",
        "samples": "bigint",
        "delivered_lines": "jsonb",
        "delivered_fen": "bigint",
        "bill_number": "text",
        "bill_lines": "jsonb",
        "invoiced_on": "date",  # from which the age of a debt is counted
        "invoiced_fen": "bigint",
        "deducted_fen": "bigint",
        "paid_fen": "bigint",
        "open_fen": "bigint",  # what nobody has paid yet of a standing bill
        "refunded_fen": "bigint",
        "income_used_fen": "bigint",
        "settled_on": "date",
        "income_class": "text",
        "tax_document": "jsonb",
        "fund_card": "text",
        "project_type": "text",
        "adjustment": "jsonb",  # the charge that the unit set, or proposed, instead of the computed one
        "lock_set_aside": "jsonb",  # by whom and why a charge of locked time was changed, the last time
        "opened_at": "timestamptz",
        "version": "bigint",
    },
    ("(opened_at, id)", "(unit, opened_at, id)", "(customer, opened_at, id)", "(provider)", "(reservation)"),
)
on = Handlers()


@on
def _open(event: ServiceOrderOpened, recorded: Recorded, rows: Rows) -> None:
    ordered = event.model_dump(exclude={"basis", "quote"})
    none = ("delivered_fen", "invoiced_fen", "deducted_fen", "paid_fen", "open_fen", "refunded_fen", "income_used_fen")
    row = new_row(
        ORDERS,
        id=recorded.stream,
        state="opened",
        opened_at=recorded.meta.occurred_at,
        delivered_lines=[],
        version=recorded.version,
        **ordered,
        **dict.fromkeys(none, 0),
    )
    rows.put(ORDERS, row)


@on
def _deliver(event: ServiceDelivered, recorded: Recorded, rows: Rows) -> None:
    figures = event.model_dump(include={"used_on", "used_minutes", "samples"})
    lines = [line.model_dump(mode="json") for line in event.lines]
    amend(rows, ORDERS, recorded, delivered_lines=lines, delivered_fen=event.amount_fen, adjustment=None, **figures)


@on
def _price(event: UsePriced, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, fund_card=event.fund_card, project_type=event.project_type)


@on
def _name_fund_card(event: FundCardNamed, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, fund_card=event.fund_card)


@on
def _correct(event: ChargeCorrected, recorded: Recorded, rows: Rows) -> None:
    """A dearer charge has to be accepted again."""
    amend(
        rows,
        ORDERS,
        recorded,
        **event.model_dump(include={"used_on", "used_minutes", "samples"}),
        state=_state_at(event.amount_fen, recorded, rows),
        delivered_lines=[line.model_dump(mode="json") for line in event.lines],
        delivered_fen=event.amount_fen,
        adjustment=None,
    )


@on
def _adjust(event: ChargeAdjusted, recorded: Recorded, rows: Rows) -> None:
    lines = [line.model_dump(mode="json") for line in event.lines]
    said = {"state": "agreed", "amount_fen": event.amount_fen, "reason": event.reason}
    state = _state_at(event.amount_fen, recorded, rows)
    amend(rows, ORDERS, recorded, state=state, delivered_lines=lines, delivered_fen=event.amount_fen, adjustment=said)


def _state_at(amount_fen: int, recorded: Recorded, rows: Rows) -> str:
    """What was accepted stays so for no more money than was accepted."""
    row = known(rows, ORDERS, recorded.stream)
    return "accepted" if row["state"] == "accepted" and amount_fen <= row["delivered_fen"] else "delivered"


@on
def _propose(event: AdjustmentProposed, recorded: Recorded, rows: Rows) -> None:
    said = {"state": "proposed", "amount_fen": event.amount_fen, "reason": event.reason}
    amend(rows, ORDERS, recorded, adjustment=said)


@on
def _decline(event: AdjustmentDeclined, recorded: Recorded, rows: Rows) -> None:
    said = known(rows, ORDERS, recorded.stream)["adjustment"]
    amend(rows, ORDERS, recorded, adjustment=said | {"state": "declined", "answer": event.reason})


@on
def _open_locked(event: ChargeLockSetAside, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, lock_set_aside=event.model_dump(mode="json", exclude={"basis"}))


@on
def _invoice(event: FeeInvoiced, recorded: Recorded, rows: Rows) -> None:
    paid = known(rows, ORDERS, recorded.stream)["paid_fen"]
    amend(
        rows,
        ORDERS,
        recorded,
        bill_number=document_number(event.series, event.number - 1),
        invoiced_on=local_date(recorded.meta.occurred_at),
        invoiced_fen=event.amount_fen,
        open_fen=event.amount_fen - paid,
        bill_lines=[line.model_dump(mode="json") for line in event.lines],
    )


@on
def _void_bill(_event: InvoiceVoided, recorded: Recorded, rows: Rows) -> None:
    nothing = dict.fromkeys(("bill_number", "bill_lines", "invoiced_on", "tax_document"))
    amend(rows, ORDERS, recorded, invoiced_fen=0, deducted_fen=0, open_fen=0, **nothing)


@on
def _deduct(event: VoucherDeducted, recorded: Recorded, rows: Rows) -> None:
    rows.add(ORDERS, recorded.stream, deducted_fen=event.amount_fen, open_fen=-event.amount_fen)


@on
def _receive(event: PaymentReceived, recorded: Recorded, rows: Rows) -> None:
    rows.add(ORDERS, recorded.stream, paid_fen=event.amount_fen, open_fen=-event.amount_fen)


@on
def _register_tax_document(event: TaxDocumentRegistered, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, tax_document=event.model_dump(mode="json", exclude={"basis"}))


@on
def _settle(event: OrderSettled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, ORDERS, recorded, settled_on=event.settled_on, income_class=event.income_class)


@on
def _refund(event: FeeRefunded | FeePartlyRefunded, recorded: Recorded, rows: Rows) -> None:
    rows.add(ORDERS, recorded.stream, refunded_fen=event.voucher_part_fen + event.cash_part_fen)


@on
def _use_income(event: IncomeUseBooked, recorded: Recorded, rows: Rows) -> None:
    rows.add(ORDERS, recorded.stream, income_used_fen=event.amount_fen)


on.states(
    ORDERS,
    {
        ServiceDelivered: "delivered",
        ReworkRequested: "opened",
        ServiceAccepted: "accepted",
        FeeInvoiced: "invoiced",
        TaxDocumentRegistered: None,
        InvoiceVoided: "accepted",
        VoucherDeducted: None,
        VoucherRefused: None,
        PaymentReceived: None,
        InvoiceCleared: "paid",
        OrderSettled: "settled",
        FeeRefunded: "refunded",
        FeePartlyRefunded: None,
        IncomeUseBooked: None,
        ServiceOrderVoided: "voided",
    },
)
MODEL = ReadModel("receivables", (ORDERS,), on.apply, version=5, types=on.types)


OWED = ("delivered", "accepted", "invoiced")
"""States in which something is owed for what was delivered."""
MOST_BILLS = 5


@dataclass(frozen=True, slots=True)
class Age:
    """Open debts of one provider by their age in days, the oldest bound left open, with the log position."""

    provider: UUID
    orders: int
    open_fen: int
    by_age: dict[str, int]
    position: int


def receivable(cursor: Cursor, order_id: UUID) -> Row | None:
    """One order with its amounts."""
    return find(cursor, ORDERS, id=order_id)


def receivables(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    unit: UUID | None = None,
    provider: UUID | None = None,
    customer: UUID | None = None,
    customer_user: UUID | None = None,
    reservation: UUID | None = None,
    fund_card: str | None = None,
    used_from: date | None = None,
    used_until: date | None = None,
    states: tuple[str, ...] | None = None,
    only_open: bool = False,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Orders, the latest first. None asks nothing; the caller gives what the reader may see.

    `used_from` and `used_until` bound the day of use, both included; an order that nobody delivered on has none.
    """
    where = Where().equals(unit=unit, provider=provider, customer=customer, customer_user=customer_user)
    where.equals(reservation=reservation, fund_card=fund_card).one_of("state", states)
    where.holds("used_on >= %s", used_from).holds("used_on <= %s", used_until)
    if only_open:
        where.holds("open_fen > 0")
    order = Keyset(("opened_at", "id"), descending=True)
    return read_page(cursor, MODEL.name, ORDERS, where, order, after=after, limit=limit)


def unpaid(cursor: Cursor, *, unit: UUID, customer: UUID | None, customer_user: UUID) -> tuple[int, list[str]]:
    """What was delivered to a legal person, or to a user without one, and is not paid; with the oldest open bills.

    What a voucher has paid is paid. What was accepted or delivered counts though no bill stands yet.
    """
    who = {"customer": customer} if customer else {"customer_user": customer_user}
    where = Where().equals(unit=unit, **who).one_of("state", OWED)
    if customer is None:
        where.holds("customer IS NULL")
    query = sql.SQL(
        "SELECT coalesce(sum(CASE state WHEN 'invoiced' THEN open_fen ELSE delivered_fen END), 0)::bigint AS unpaid,"
        " (array_agg(bill_number ORDER BY invoiced_on, bill_number) FILTER (WHERE open_fen > 0))[1:{}] AS bills"
        " FROM receivables WHERE {}"
    ).format(sql.Literal(MOST_BILLS), where.sql)
    [row] = fetch(cursor, query, where.parameters)
    return row["unpaid"], row["bills"] or []


def ages(cursor: Cursor, today: date, *, provider: UUID | None = None, unit: UUID | None = None) -> list[Age]:
    """What is open on standing bills by days since they were issued: up to 30, 60, 90, and more."""
    position = position_of(cursor, MODEL.name)
    where = Where().equals(provider=provider, unit=unit).holds("open_fen > 0")
    query = sql.SQL(
        "SELECT provider, count(*) AS orders, sum(open_fen)::bigint AS open_fen,"
        " coalesce(sum(open_fen) FILTER (WHERE age <= 30), 0)::bigint AS to_30,"
        " coalesce(sum(open_fen) FILTER (WHERE age BETWEEN 31 AND 60), 0)::bigint AS to_60,"
        " coalesce(sum(open_fen) FILTER (WHERE age BETWEEN 61 AND 90), 0)::bigint AS to_90,"
        " coalesce(sum(open_fen) FILTER (WHERE age > 90), 0)::bigint AS beyond"
        " FROM (SELECT *, %s::date - invoiced_on AS age FROM receivables WHERE {}) AS debts"
        " GROUP BY provider ORDER BY provider"
    ).format(where.sql)
    bounds = {"0-30": "to_30", "31-60": "to_60", "61-90": "to_90", "90+": "beyond"}
    return [
        Age(row["provider"], row["orders"], row["open_fen"], {age: row[name] for age, name in bounds.items()}, position)
        for row in fetch(cursor, query, [today, *where.parameters])
    ]
