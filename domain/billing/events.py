# SPDX-License-Identifier: Apache-2.0
"""What happens to a service order (lifecycle 6.5). Amounts in fen; every event that moves money states its entries."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.kernel.event import Event
from domain.kernel.ledger import Entries
from domain.kernel.money import Fen
from domain.kernel.personal import Personal
from domain.kernel.quote import Quote, UnitOfMeasure

OrderKind = Literal["service", "no_show", "late_cancel"]
IncomeClass = Literal["non_tax_revenue", "unit_income"]
DocumentKind = Literal["all_digital_invoice", "tax_invoice", "fiscal_e_receipt"]


class BillLine(BaseModel):
    """One line of a settlement bill: at most the tariff in force on the day of use (JS-21.1)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    description: str = ""
    quantity: Decimal = Field(ge=0)
    unit: UnitOfMeasure
    unit_price_fen: Fen
    amount_fen: Fen


class ServiceOrderOpened(Event):
    """Links a reservation and a contract to money. A no-show or late-cancel charge is a kind of its own (8.8)."""

    TYPE: ClassVar[str] = "billing.ServiceOrderOpened"

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
    voucher_grant: UUID | None = None
    quote: Quote | None = None


class ServiceDelivered(Event):
    """Quantities from completed use, and the day they are charged for."""

    TYPE: ClassVar[str] = "billing.ServiceDelivered"

    used_on: date
    used_minutes: int = Field(ge=0)
    samples: int = Field(ge=0, default=0)
    tariff_version: int
    lines: tuple[BillLine, ...]
    amount_fen: Fen


class ReworkRequested(Event):
    """The user sends the delivery back."""

    TYPE: ClassVar[str] = "billing.ReworkRequested"

    reason: str


class ServiceAccepted(Event):
    """The user confirms the quantity."""

    TYPE: ClassVar[str] = "billing.ServiceAccepted"


class FeeInvoiced(Event):
    """Our settlement bill with its gapless number; the tax document is registered apart (ruling 8.10).

    The fee standard bounds each line; entries: receivable against accrued income (ruling 8.11).
    """

    TYPE: ClassVar[str] = "billing.FeeInvoiced"

    series: str
    number: int
    lines: tuple[BillLine, ...]
    amount_fen: Fen
    tariff_version: int
    entries: Entries


class TaxDocumentRegistered(Event):
    """A tax invoice or fiscal e-receipt issued elsewhere for this bill (ruling 8.10)."""

    TYPE: ClassVar[str] = "billing.TaxDocumentRegistered"

    kind: DocumentKind
    issuer: str
    code: str
    number: str
    amount_fen: Fen
    issued_on: date
    digest: str | None = None


class InvoiceVoided(Event):
    """Our bill is void; a voucher deduction goes back to its grant."""

    TYPE: ClassVar[str] = "billing.InvoiceVoided"

    reason: str
    voucher_restored_fen: Fen
    entries: Entries


class VoucherDeducted(Event):
    """A voucher is set against the bill (JS 22.b, CQ 19.b)."""

    TYPE: ClassVar[str] = "billing.VoucherDeducted"

    grant: UUID
    programme: UUID
    amount_fen: Fen
    entries: Entries


class VoucherRefused(Event):
    """The provider declines a voucher for a listed reason or under an exception (CQ 19.c, A46)."""

    TYPE: ClassVar[str] = "billing.VoucherRefused"

    grant: UUID
    ground: str
    reason: str
    exception_reference: str | None = None


class PaymentReceived(Event):
    """Money from the customer, by bank data; may be partial."""

    TYPE: ClassVar[str] = "billing.PaymentReceived"

    amount_fen: Fen
    bank_reference: str
    received_on: date
    payer_account: Personal | None = None
    provider: UUID | None = None
    """Whose bank statement the reference stands on: references are unique per provider."""
    entries: Entries


class InvoiceCleared(Event):
    """Nothing is open on the bill."""

    TYPE: ClassVar[str] = "billing.InvoiceCleared"


class OrderSettled(Event):
    """Income is booked once, by the provider's budget status on the settlement date (JS 21.b, 21.c; A39)."""

    TYPE: ClassVar[str] = "billing.OrderSettled"

    settled_on: date
    income_class: IncomeClass
    amount_fen: Fen
    entries: Entries


class FeeRefunded(Event):
    """The whole fee goes back, split as it was paid (A47)."""

    TYPE: ClassVar[str] = "billing.FeeRefunded"

    voucher_part_fen: Fen
    cash_part_fen: Fen
    reason: str
    entries: Entries


class FeePartlyRefunded(Event):
    """A part of the fee goes back, split as it was paid (A47)."""

    TYPE: ClassVar[str] = "billing.FeePartlyRefunded"

    voucher_part_fen: Fen
    cash_part_fen: Fen
    reason: str
    entries: Entries


class IncomeUseBooked(Event):
    """What income was used for, by budget category (JS 21.c, 21.d; CQ 21)."""

    TYPE: ClassVar[str] = "billing.IncomeUseBooked"

    category: str
    amount_fen: Fen
    reference: str


class ServiceOrderVoided(Event):
    """Nothing is owed."""

    TYPE: ClassVar[str] = "billing.ServiceOrderVoided"

    reason: str
