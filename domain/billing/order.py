# SPDX-License-Identifier: Apache-2.0
"""The service order (lifecycle 6.5): its state and how facts change it. Amounts in fen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal
from uuid import UUID

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
    BillLine,
    FeeInvoiced,
    FeePartlyRefunded,
    FeeRefunded,
    IncomeClass,
    IncomeUseBooked,
    InvoiceCleared,
    InvoiceVoided,
    OrderKind,
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
from domain.kernel.event import Aggregate, Event
from domain.kernel.ledger import Entries, balanced
from domain.kernel.lifecycle import require_one_of
from domain.kernel.numbers import SERIAL_DIGITS
from domain.kernel.quote import Quote

Priced = UsePriced | ServiceDelivered | ChargeCorrected | AdjustmentProposed | AdjustmentDeclined | ChargeAdjusted
"""What says what is charged before a bill stands."""
OrderState = Literal["opened", "delivered", "accepted", "invoiced", "paid", "settled", "refunded", "voided"]


@dataclass(frozen=True, slots=True)
class Order:
    """What is known of an order.

    `delivery` is the computed charge, `adjusted` what the unit set instead, `proposed` what waits for a second person.
    `lines` and `amount_fen` are that charge until a bill stands, then the bill's. `deducted_fen` and
    `paid_fen` are what the voucher and the customer paid; refunds are counted beside them, never subtracted.
    """

    kind: OrderKind
    reservation: UUID | None
    contract: UUID | None
    resource: UUID
    unit: UUID
    provider: UUID
    customer: UUID | None
    customer_user: UUID
    user_kind: str
    external: bool
    purpose: str
    voucher_grant: UUID | None
    quote: Quote | None
    state: OrderState = "opened"
    delivery: ServiceDelivered | ChargeCorrected | None = None
    priced: UsePriced | None = None
    fund_card: str | None = None
    """As last named: with the request, when the use was confirmed or ended, or with the feedback."""
    adjusted: ChargeAdjusted | None = None
    proposed: AdjustmentProposed | None = None
    lines: tuple[BillLine, ...] = ()
    amount_fen: int = 0
    bill_number: str | None = None
    tax_document: TaxDocumentRegistered | None = None
    deducted_fen: int = 0
    deducted_grant: UUID | None = None
    deducted_programme: UUID | None = None
    refused_grants: frozenset[UUID] = frozenset()
    paid_fen: int = 0
    settled_on: date | None = None
    income_class: IncomeClass | None = None
    refunded_voucher_fen: int = 0
    refunded_cash_fen: int = 0
    income_used_fen: int = 0

    @property
    def used_on(self) -> date | None:
        """The day the charge is judged by."""
        return self.delivery.used_on if self.delivery else None

    @property
    def used_minutes(self) -> int:
        """Minutes charged for."""
        return self.delivery.used_minutes if self.delivery else 0

    @property
    def samples(self) -> int:
        """Samples charged for."""
        return self.delivery.samples if self.delivery else 0

    @property
    def open_fen(self) -> int:
        """What nobody has paid yet of a standing bill."""
        return self.amount_fen - self.deducted_fen - self.paid_fen if self.state == "invoiced" else 0

    @property
    def refunded_fen(self) -> int:
        """What of the fee went back."""
        return self.refunded_voucher_fen + self.refunded_cash_fen

    @property
    def net_fen(self) -> int:
        """The fee less what went back."""
        return self.amount_fen - self.refunded_fen

    @property
    def deducted_net_fen(self) -> int:
        """What a voucher paid and a refund has not given back: the most that may be claimed for it (8.4)."""
        return self.deducted_fen - self.refunded_voucher_fen

    @property
    def paid_net_fen(self) -> int:
        """What the customer paid and a refund has not given back."""
        return self.paid_fen - self.refunded_cash_fen


def require_state(order: Order, command: str, *allowed: OrderState) -> None:
    """Refuse `billing.wrong_state` unless the order is in one of the `allowed` states."""
    require_one_of(allowed, "billing.wrong_state", state=order.state, command=command)


def evolve(order: Order | None, event: Event) -> Order:
    """The order after one fact."""
    entries: Entries = getattr(event, "entries", ())
    assert balanced(entries), f"{event.TYPE} does not balance"
    if isinstance(event, ServiceOrderOpened):
        return Order(**{name: getattr(event, name) for name in ServiceOrderOpened.model_fields if name != "basis"})
    assert order is not None, f"{event.TYPE} before the order was opened"
    if isinstance(event, FeeInvoiced | TaxDocumentRegistered | InvoiceVoided | InvoiceCleared):
        return _billed(order, event)
    if isinstance(event, VoucherDeducted | VoucherRefused | PaymentReceived):
        return _paid(order, event)
    if isinstance(event, OrderSettled | FeeRefunded | FeePartlyRefunded | IncomeUseBooked):
        return _settled(order, event)
    if isinstance(event, Priced):
        return _priced(order, event)
    return _delivered(order, event)


def _delivered(order: Order, event: Event) -> Order:
    match event:
        case ReworkRequested():
            return replace(order, state="opened")
        case ServiceAccepted():
            return replace(order, state="accepted")
        case ServiceOrderVoided():
            return replace(order, state="voided")
        case FundCardNamed():
            return replace(order, fund_card=event.fund_card)
        case ChargeLockSetAside():
            return order
    raise ValueError(event.TYPE)


def _priced(order: Order, event: Priced) -> Order:
    match event:
        case UsePriced():
            return replace(order, priced=event, fund_card=event.fund_card)
        case ServiceDelivered():
            return _charged(replace(order, state="delivered"), event)
        case ChargeCorrected():
            return _charged(_accepted_up_to(order, event.amount_fen), event)
        case AdjustmentProposed():
            return replace(order, proposed=event)
        case AdjustmentDeclined():
            return replace(order, proposed=None)
        case ChargeAdjusted():
            adjusted = replace(_accepted_up_to(order, event.amount_fen), adjusted=event, proposed=None)
            return replace(adjusted, lines=event.lines, amount_fen=event.amount_fen)


def _accepted_up_to(order: Order, amount_fen: int) -> Order:
    """What was accepted stays so for no more money than was accepted; a dearer charge is accepted again."""
    agreed = order.state == "accepted" and amount_fen <= order.amount_fen
    return replace(order, state="accepted" if agreed else "delivered")


def _charged(order: Order, event: ServiceDelivered | ChargeCorrected) -> Order:
    """A computed charge takes the place of whatever was charged before."""
    charged = replace(order, delivery=event, lines=event.lines, amount_fen=event.amount_fen)
    return replace(charged, adjusted=None, proposed=None)


def _billed(order: Order, event: FeeInvoiced | TaxDocumentRegistered | InvoiceVoided | InvoiceCleared) -> Order:
    match event:
        case FeeInvoiced(series=series, number=number):
            bill = f"{series}-{number:0{SERIAL_DIGITS}d}"
            return replace(order, state="invoiced", lines=event.lines, amount_fen=event.amount_fen, bill_number=bill)
        case TaxDocumentRegistered():
            return replace(order, tax_document=event)
        case InvoiceCleared():
            return replace(order, state="paid")
        case InvoiceVoided():
            charged = order.adjusted or order.delivery
            assert charged is not None, "a bill rests on a delivery"
            return replace(
                order,
                state="accepted",
                lines=charged.lines,
                amount_fen=charged.amount_fen,
                bill_number=None,
                tax_document=None,
                deducted_fen=0,
                deducted_grant=None,
                deducted_programme=None,
            )


def _paid(order: Order, event: VoucherDeducted | VoucherRefused | PaymentReceived) -> Order:
    match event:
        case VoucherDeducted(grant=grant, programme=programme, amount_fen=amount):
            return replace(
                order,
                deducted_fen=order.deducted_fen + amount,
                deducted_grant=grant,
                deducted_programme=programme,
            )
        case VoucherRefused(grant=grant):
            return replace(order, refused_grants=order.refused_grants | {grant})
        case PaymentReceived(amount_fen=amount):
            return replace(order, paid_fen=order.paid_fen + amount)


def _settled(order: Order, event: OrderSettled | FeeRefunded | FeePartlyRefunded | IncomeUseBooked) -> Order:
    match event:
        case OrderSettled():
            return replace(order, state="settled", settled_on=event.settled_on, income_class=event.income_class)
        case IncomeUseBooked(amount_fen=amount):
            return replace(order, income_used_fen=order.income_used_fen + amount)
        case FeeRefunded() | FeePartlyRefunded():
            return replace(
                order,
                state="refunded" if isinstance(event, FeeRefunded) else order.state,
                refunded_voucher_fen=order.refunded_voucher_fen + event.voucher_part_fen,
                refunded_cash_fen=order.refunded_cash_fen + event.cash_part_fen,
            )


ORDER = Aggregate(
    "billing.Order",
    evolve,
    (
        ServiceOrderOpened,
        ServiceDelivered,
        ReworkRequested,
        ServiceAccepted,
        FeeInvoiced,
        TaxDocumentRegistered,
        InvoiceVoided,
        VoucherDeducted,
        VoucherRefused,
        PaymentReceived,
        InvoiceCleared,
        OrderSettled,
        FeeRefunded,
        FeePartlyRefunded,
        IncomeUseBooked,
        ServiceOrderVoided,
        UsePriced,
        FundCardNamed,
        ChargeCorrected,
        AdjustmentProposed,
        AdjustmentDeclined,
        ChargeAdjusted,
        ChargeLockSetAside,
    ),
)
