# SPDX-License-Identifier: Apache-2.0
"""Events that examples are made of, with what does not matter filled in."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from domain.billing.events import (
    BillLine,
    FeeInvoiced,
    InvoiceCleared,
    OrderSettled,
    ServiceDelivered,
    ServiceOrderOpened,
    VoucherDeducted,
)
from domain.kernel.ledger import transfer
from domain.kernel.personal import Personal
from domain.kernel.quote import Quote, QuoteLine
from domain.kernel.time import Span
from domain.reservations.events import ReservationRequested, UsageCompleted
from domain.resources.events import OpeningPublished, ResourcePublished, ResourceRegistered
from domain.resources.values import BookingTerms, FundingShare, OpeningWindow, PublicationItems
from domain.vouchers.events import RedemptionApplied, VoucherProgrammeEstablished
from domain.vouchers.values import Funder, Invoice, Programme
from tests.projections.memory_rows import at, ident

SEM, UNIT, PROVIDER, USER, CUSTOMER = (ident(name) for name in ("sem", "unit", "provider", "user", "customer"))
ITEMS = PublicationItems(
    sharing_rules="rules", service_mode="mode", service_content="", fee_standard="", opening_limit="", catalogue=""
)
PUBLISHED = ResourcePublished(items=ITEMS, portal_url="https://portal.example.edu.cn")


def span(start: str, end: str) -> Span:
    """Both ends on a Shanghai clock."""
    return Span(start=at(start), end=at(end))


def personal(value: str) -> Personal:
    return Personal.of(USER, value)


def registered(**changes: Any) -> ResourceRegistered:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "unit": UNIT,
        "legal_person": PROVIDER,
        "type": "condition_resource",
        "bookable": True,
        "holding": "physical",
        "asset_number": "A-1",
        "name_zh": "场发射扫描电子显微镜",
        "name_en": "Field emission scanning electron microscope",
        "class_code": "010102",
        "city": "南京市",
        "original_value_fen": 318_000_000,
        "funding": (FundingShare(source="provincial_fiscal_funds", amount_fen=318_000_000),),
    }
    return ResourceRegistered(**given | changes)


def opening(day: date, *, version: int = 1, hours: tuple[int, int] = (9, 17), capacity: int = 1) -> OpeningPublished:
    """Open on every day of the week between two full hours; rated for 1,440 hours a year."""
    windows = [
        OpeningWindow(weekday=weekday, start_minute=hours[0] * 60, end_minute=hours[1] * 60) for weekday in range(1, 8)
    ]
    return OpeningPublished(
        opening_version=version,
        effective_from=day,
        windows=tuple(windows),
        terms=BookingTerms(
            slot_minutes=30, min_minutes=30, max_minutes=480, capacity=capacity, confirmation="automatic"
        ),
        rated_minutes_per_year=86_400,
    )


def quote(total_fen: int) -> Quote:
    line = QuoteLine(
        kind="machine_time", quantity=Decimal(1), unit="hour", unit_price_fen=total_fen, amount_fen=total_fen
    )
    return Quote(tariff_version=1, user_kind="enterprise", lines=(line,))


def requested(start: str, end: str, **changes: Any) -> ReservationRequested:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "resource": SEM,
        "unit": UNIT,
        "provider": PROVIDER,
        "user": USER,
        "user_kind": "enterprise",
        "customer": CUSTOMER,
        "external": True,
        "span": span(start, end),
        "held": span(start, end),
        "lane": 1,
        "purpose": "research",
        "use_type": "use",
        "project_type": "research",
        "service_mode": "self_operated",
        "quote": quote(32_000),
        "opening_version": 1,
        "requested_by": USER,
    }
    return ReservationRequested(**given | changes)


def completed(start: str, end: str, minutes: int, *, samples: int = 0, persons: int = 1) -> UsageCompleted:
    return UsageCompleted(
        started_at=at(start), ended_at=at(end), used_minutes=minutes, samples=samples, persons=persons
    )


def opened(**changes: Any) -> ServiceOrderOpened:  # noqa: ANN401 - any field of the event
    given: dict[str, Any] = {
        "kind": "service",
        "reservation": ident("reservation"),
        "contract": None,
        "resource": SEM,
        "unit": UNIT,
        "provider": PROVIDER,
        "customer": CUSTOMER,
        "customer_user": USER,
        "user_kind": "enterprise",
        "external": True,
        "purpose": "research",
    }
    return ServiceOrderOpened(**given | changes)


def _line(amount_fen: int) -> BillLine:
    return BillLine(
        kind="machine_time", quantity=Decimal(1), unit="hour", unit_price_fen=amount_fen, amount_fen=amount_fen
    )


def delivered(amount_fen: int, used_on: date = date(2026, 1, 30)) -> ServiceDelivered:
    return ServiceDelivered(
        used_on=used_on, used_minutes=60, tariff_version=1, lines=(_line(amount_fen),), amount_fen=amount_fen
    )


def invoiced(amount_fen: int, number: int = 1) -> FeeInvoiced:
    entries = transfer("receivable:customer", "income.accrued:provider", amount_fen)
    return FeeInvoiced(
        series="JS-U01-2026",
        number=number,
        lines=(_line(amount_fen),),
        amount_fen=amount_fen,
        tariff_version=1,
        entries=entries,
    )


def deducted(amount_fen: int) -> VoucherDeducted:
    entries = transfer("voucher_receivable:provider", "receivable:customer", amount_fen)
    return VoucherDeducted(grant=ident("grant"), programme=ident("programme"), amount_fen=amount_fen, entries=entries)


def settled(amount_fen: int, settled_on: date) -> tuple[InvoiceCleared, OrderSettled]:
    entries = transfer("income.accrued:provider", "income.unit_income:provider", amount_fen)
    booked = OrderSettled(settled_on=settled_on, income_class="unit_income", amount_fen=amount_fen, entries=entries)
    return InvoiceCleared(), booked


def programme() -> VoucherProgrammeEstablished:
    """Two funders with 60,000.00 and 40,000.00 yuan."""
    return VoucherProgrammeEstablished(
        number="PG-JS-2026-000001",
        title_zh="创新券",
        title_en="Voucher",
        year=2026,
        decision_reference="苏科 2026-1",
        decided_by="office",
        decided_on=date(2026, 1, 2),
        programme=Programme(
            subsidy_ratio=Decimal("0.3"),
            max_coverage_of_fee=Decimal("0.5"),
            annual_cap_fen=None,
            validity_days=365,
            redemption_deadline_days=None,
            payee="provider",
            settlement_mode="deduction",
            funders=(
                Funder(legal_person=ident("province"), kind="province", share=Decimal("0.6"), budget_fen=6_000_000),
                Funder(legal_person=ident("city"), kind="prefecture_city", share=Decimal("0.4"), budget_fen=4_000_000),
            ),
            beneficiary_kinds=("enterprise",),
            eligible_services=("test",),
            eligible_providers=(),
            opens_on=date(2026, 1, 5),
            closes_on=date(2026, 12, 31),
        ),
    )


def applied(amount_fen: int, order: str = "order") -> RedemptionApplied:
    return RedemptionApplied(
        number="RD-JS-2026-000001",
        programme=ident("programme"),
        grant=ident("grant"),
        order=ident(order),
        contract=None,
        provider=PROVIDER,
        beneficiary=CUSTOMER,
        payee=PROVIDER,
        payee_account=personal("6222"),
        amount_fen=amount_fen,
        deducted_fen=amount_fen,
        invoice=Invoice(issuer="t", code="1", number="2", amount_fen=amount_fen, issued_on=date(2026, 2, 1)),
        documents=(),
        applicant=USER,
    )


def day(text: str) -> datetime:
    """Noon of a day in Shanghai."""
    return at(f"{text} 12:00")
