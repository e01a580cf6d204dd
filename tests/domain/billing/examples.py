# SPDX-License-Identifier: Apache-2.0
"""An order of two hours at 300.00 yuan, and what happens to it."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.billing import accounts
from domain.billing.charging import Charge
from domain.billing.events import (
    BillLine,
    FeeInvoiced,
    InvoiceCleared,
    OrderKind,
    OrderSettled,
    PaymentReceived,
    ServiceAccepted,
    ServiceDelivered,
    ServiceOrderOpened,
    VoucherDeducted,
)
from domain.kernel.event import Event
from domain.kernel.ledger import transfer
from domain.kernel.quote import Quote, QuoteLine

PROVIDER, CUSTOMER = UUID(int=1), UUID(int=2)
UNIT, USER, INSTRUMENT = UUID(int=3), UUID(int=4), UUID(int=5)
ORDER_ID, RESERVATION, CONTRACT = UUID(int=6), UUID(int=7), UUID(int=8)
GRANT, PROGRAMME = UUID(int=9), UUID(int=10)
DAY = date(2026, 3, 2)
SERIES = "BILL-12993200DEMJ00011Y-2026"


def quote_of(*fees: tuple[str, int], version: int = 1, hours: int = 2) -> Quote:
    """Lines of (kind, fen an hour)."""
    return Quote(
        tariff_version=version,
        user_kind="enterprise",
        lines=tuple(
            QuoteLine(kind=kind, quantity=Decimal(hours), unit="hour", unit_price_fen=price, amount_fen=price * hours)
            for kind, price in fees
        ),
    )


def line(amount_fen: int, kind: str = "machine_time") -> BillLine:
    return BillLine(kind=kind, quantity=Decimal(2), unit="hour", unit_price_fen=amount_fen // 2, amount_fen=amount_fen)


def opened(kind: OrderKind = "service") -> ServiceOrderOpened:
    return ServiceOrderOpened(
        kind=kind,
        reservation=RESERVATION,
        contract=CONTRACT,
        resource=INSTRUMENT,
        unit=UNIT,
        provider=PROVIDER,
        customer=CUSTOMER,
        customer_user=USER,
        user_kind="enterprise",
        external=True,
        purpose="scientific_research",
        voucher_grant=GRANT if kind == "service" else None,
        quote=quote_of(("machine_time", 30000)),
    )


def charge_of(*lines: BillLine) -> Charge:
    return Charge(tariff_version=1, lines=lines)


def delivered(*lines: BillLine) -> ServiceDelivered:
    lines = lines or (line(60000),)
    return ServiceDelivered(
        used_on=DAY,
        used_minutes=120,
        samples=0,
        tariff_version=1,
        lines=lines,
        amount_fen=sum(item.amount_fen for item in lines),
    )


def invoiced(*lines: BillLine, number: int = 1) -> FeeInvoiced:
    lines = lines or (line(60000),)
    amount = sum(item.amount_fen for item in lines)
    return FeeInvoiced(
        series=SERIES,
        number=number,
        lines=lines,
        amount_fen=amount,
        tariff_version=1,
        entries=transfer(f"receivable:{ORDER_ID}", f"income.accrued:{PROVIDER}", amount),
    )


def deducted(amount_fen: int) -> VoucherDeducted:
    return VoucherDeducted(
        grant=GRANT,
        programme=PROGRAMME,
        amount_fen=amount_fen,
        entries=(
            *transfer(f"voucher_receivable:{PROVIDER}", f"receivable:{ORDER_ID}", amount_fen),
            *accounts.voucher_use(GRANT, amount_fen),
        ),
    )


def paid(amount_fen: int, reference: str = "BANK-1") -> PaymentReceived:
    return PaymentReceived(
        amount_fen=amount_fen,
        bank_reference=reference,
        received_on=DAY,
        provider=PROVIDER,
        entries=transfer(f"cash:{PROVIDER}", f"receivable:{ORDER_ID}", amount_fen),
    )


def settled(amount_fen: int = 60000) -> OrderSettled:
    return OrderSettled(
        settled_on=DAY,
        income_class="unit_income",
        amount_fen=amount_fen,
        entries=transfer(f"income.accrued:{PROVIDER}", f"income.unit_income:{PROVIDER}", amount_fen),
    )


def accepted_order(kind: OrderKind = "service", *lines: BillLine) -> tuple[Event, ...]:
    return (opened(kind), delivered(*lines), ServiceAccepted())


def invoiced_order(kind: OrderKind = "service", *lines: BillLine) -> tuple[Event, ...]:
    return (*accepted_order(kind, *lines), invoiced(*lines))


def settled_order(voucher_fen: int = 0, *lines: BillLine) -> tuple[Event, ...]:
    lines = lines or (line(60000),)
    amount = sum(item.amount_fen for item in lines)
    voucher = (deducted(voucher_fen),) if voucher_fen else ()
    cash = (paid(amount - voucher_fen),) if amount > voucher_fen else ()
    return (*invoiced_order("service", *lines), *voucher, *cash, InvoiceCleared(), settled(amount))
