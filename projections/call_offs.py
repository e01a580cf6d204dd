# SPDX-License-Identifier: Apache-2.0
"""Call-offs under frameworks, and every use under a contract: what was ordered, used, charged and is left.

A use speaks for what is charged for it, or as long as nothing is, for what was quoted. Amounts in fen, time in minutes.
"""

from uuid import UUID

from domain.billing.charge_events import ChargeAdjusted, ChargeCorrected
from domain.billing.events import (
    FeeInvoiced,
    FeePartlyRefunded,
    FeeRefunded,
    OrderSettled,
    ServiceDelivered,
    ServiceOrderOpened,
    ServiceOrderVoided,
)
from domain.contracts.call_off_events import CallOffCancelled, CallOffPlaced, CallOffSettled, CallOffUsed
from domain.kernel.event import Recorded
from domain.reservations.events import UsageAborted, UsageCompleted, UsageCorrected, UsageStarted
from projections.handlers import Handlers, amend, known, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

CALL_OFFS = Table(
    "call_offs",
    ("id",),
    {
        "id": "uuid",
        "number": "text",
        "contract": "uuid",
        "unit": "uuid",
        "provider": "uuid",
        "customer": "uuid",
        "customer_user": "uuid",
        "resource": "uuid",
        "reservation": "uuid",
        "state": "text",
        "minutes": "bigint",
        "samples": "bigint",
        "ceiling_fen": "bigint",
        "valid_from": "date",
        "valid_until": "date",
        "placed_at": "timestamptz",
        "placed_by": "text",
        "opened_by_use": "boolean",
        "uses": "bigint",
        "used_minutes": "bigint",
        "spoken_for_fen": "bigint",  # charged, or quoted where nothing is charged yet
        "used_fen": "bigint",  # when it was settled
        "ended_reason": "text",
        "version": "bigint",
    },
    ('(number COLLATE "C", id)', "(contract)"),
)
USES = Table(
    "contract_uses",
    ("reservation",),
    {
        "reservation": "uuid",
        "contract": "uuid",
        "call_off": "uuid",  # null: the use counts as its own call-off (A32)
        "started_at": "timestamptz",
        "over": "boolean",
        "reserved_minutes": "bigint",
        "used_minutes": "bigint",
        "quoted_fen": "bigint",
        "charged_fen": "bigint",
        "order_id": "uuid",
        "closed": "boolean",
    },
    ("(contract, started_at)",),
)
ORDERS = Table("contract_use_orders", ("order_id",), {"order_id": "uuid", "reservation": "uuid"})

on = Handlers()


@on
def _place(event: CallOffPlaced, recorded: Recorded, rows: Rows) -> None:
    same = event.model_dump(include=CALL_OFFS.columns.keys() & type(event).model_fields.keys())
    none = dict.fromkeys(("uses", "used_minutes", "spoken_for_fen"), 0)
    placed = {"placed_at": recorded.meta.occurred_at, "state": "placed", "version": recorded.version}
    rows.put(CALL_OFFS, new_row(CALL_OFFS, id=recorded.stream, **same, **none, **placed))


@on
def _begin(event: UsageStarted, recorded: Recorded, rows: Rows) -> None:
    if event.contract is not None:
        use = {"contract": event.contract, "started_at": event.started_at}
        rows.put(USES, new_row(USES, reservation=recorded.stream, used_minutes=0, over=False, closed=False, **use))


@on
def _use(event: CallOffUsed, recorded: Recorded, rows: Rows) -> None:
    """The use has begun just before."""
    amend(rows, CALL_OFFS, recorded, uses=known(rows, CALL_OFFS, recorded.stream)["uses"] + 1)
    _change(rows, event.reservation, call_off=recorded.stream, reserved_minutes=event.minutes)
    _change(rows, event.reservation, quoted_fen=event.quoted_fen)


@on
def _stop(event: UsageCompleted | UsageAborted, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, used_minutes=event.used_minutes, over=True)


@on
def _correct(event: UsageCorrected, recorded: Recorded, rows: Rows) -> None:
    _change(rows, recorded.stream, used_minutes=event.used_minutes)


@on
def _open(event: ServiceOrderOpened, recorded: Recorded, rows: Rows) -> None:
    if event.kind != "service" or event.reservation is None or rows.get(USES, event.reservation) is None:
        return
    rows.put(ORDERS, {"order_id": recorded.stream, "reservation": event.reservation})
    _change(rows, event.reservation, order_id=recorded.stream)


@on
def _charge(
    event: ServiceDelivered | ChargeCorrected | ChargeAdjusted | FeeInvoiced, recorded: Recorded, rows: Rows
) -> None:
    _of_order(rows, recorded.stream, charged_fen=event.amount_fen)


@on
def _close(_event: OrderSettled, recorded: Recorded, rows: Rows) -> None:
    _of_order(rows, recorded.stream, closed=True)


@on
def _void(_event: ServiceOrderVoided, recorded: Recorded, rows: Rows) -> None:
    _of_order(rows, recorded.stream, charged_fen=0, closed=True)


@on
def _refund(event: FeeRefunded | FeePartlyRefunded, recorded: Recorded, rows: Rows) -> None:
    order = rows.get(ORDERS, recorded.stream)
    if order is not None:
        charged = known(rows, USES, order["reservation"])["charged_fen"] or 0
        left = charged - event.voucher_part_fen - event.cash_part_fen
        over = {"closed": True} if isinstance(event, FeeRefunded) else {}
        _change(rows, order["reservation"], charged_fen=left, **over)


@on
def _cancel(event: CallOffCancelled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, CALL_OFFS, recorded, state="cancelled", ended_reason=event.reason)


@on
def _settle(event: CallOffSettled, recorded: Recorded, rows: Rows) -> None:
    amend(rows, CALL_OFFS, recorded, state="settled", used_fen=event.used_fen)


def _of_order(rows: Rows, order: UUID, **columns: object) -> None:
    row = rows.get(ORDERS, order)
    if row is not None:
        _change(rows, row["reservation"], **columns)


def _change(rows: Rows, reservation: UUID, **columns: object) -> None:
    """Change a use under a contract, and with it what its call-off has spoken for."""
    before = rows.get(USES, reservation)
    if before is None:
        return
    after = {**before, **columns}
    rows.change(USES, reservation, **columns)
    if after["call_off"] is not None:
        old = before if before["call_off"] else {"used_minutes": 0}
        call_off = known(rows, CALL_OFFS, after["call_off"])
        rows.change(
            CALL_OFFS,
            after["call_off"],
            spoken_for_fen=call_off["spoken_for_fen"] + _spoken_for(after) - _spoken_for(old),
            used_minutes=call_off["used_minutes"] + after["used_minutes"] - old["used_minutes"],
        )


def _spoken_for(use: Row) -> int:
    charged, quoted = use.get("charged_fen"), use.get("quoted_fen")
    return charged if charged is not None else quoted or 0


MODEL = ReadModel("call_offs", (CALL_OFFS, USES, ORDERS), on.apply, types=on.types)


def call_off(cursor: Cursor, call_off_id: UUID) -> Row | None:
    """One call-off."""
    return find(cursor, CALL_OFFS, id=call_off_id)


def call_offs(
    cursor: Cursor, *, contract: UUID, states: tuple[str, ...] | None = None, after: str | None = None, limit: int = 50
) -> Page:
    """The call-offs of a framework by number."""
    where = Where().equals(contract=contract).one_of("state", states)
    return read_page(cursor, MODEL.name, CALL_OFFS, where, Keyset(("number", "id")), after=after, limit=limit)


def all_call_offs(
    cursor: Cursor,
    *,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
    **owned: UUID | None,
) -> Page:
    """Call-offs of any framework by number; `owned` are columns with the id that they have to hold."""
    where = Where().equals(**owned).one_of("state", states)
    return read_page(cursor, MODEL.name, CALL_OFFS, where, Keyset(("number", "id")), after=after, limit=limit)


def uses(cursor: Cursor, *, contract: UUID, call_off: UUID | None = None, limit: int = 200) -> list[Row]:
    """Uses under a contract, or under one call-off of it, in the order in which they began; at most `limit`."""
    where = Where().equals(contract=contract, call_off=call_off)
    order = Keyset(("started_at", "reservation"))
    return read_page(cursor, MODEL.name, USES, where, order, after=None, limit=limit).rows


def held(cursor: Cursor, contract: UUID) -> Row:
    """What all call-offs of a framework hold and how many run: settled ones hold what was charged."""
    [row] = fetch(
        cursor,
        "SELECT count(*) FILTER (WHERE state = 'placed') AS running, count(*) AS call_offs,"
        " COALESCE(sum(CASE state WHEN 'placed' THEN ceiling_fen WHEN 'settled' THEN used_fen ELSE 0 END), 0)::bigint"
        " AS held_fen FROM call_offs WHERE contract = %s",
        (contract,),
    )
    return row
