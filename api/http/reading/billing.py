# SPDX-License-Identifier: Apache-2.0
"""Service orders with their bills, and what is still owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Read, among, in_order, listed, one, several
from api.http.visibility import Scope
from domain.billing.order import OrderState
from projections import receivables as register
from projections.paging import position_of
from projections.reservations import project_types

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

FILTERS = {
    Scope.OWN_SIDE: "customer",
    Scope.OWN_PERSON: "customer_user",
    Scope.OWN_UNIT: "unit",
    Scope.OWN_ORGANISATION: "provider",
}
OWNERS = {
    Scope.OWN_SIDE: ("customer", "customer_user"),
    Scope.OWN_UNIT: ("unit",),
    Scope.OWN_ORGANISATION: ("provider",),
}
DEFINITION = {
    "zh": "应收 = 有效账单金额 − 科技创新券抵扣 − 已收款；账龄自账单开具之日起按日计算。作废、退款的账单不计。",
    "en": (
        "Receivable = standing bill − voucher deduction − payments received; its age counts in days from the day of the"
        " bill. Voided and refunded bills do not count."
    ),
}


class Wanted(Listed):
    """Which orders."""

    reservation: UUID | None = None
    unit: UUID | None = None
    customer: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(OrderState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )
    fund_card: str | None = Field(default=None, max_length=80, description="Stated with the use, exactly")
    used_from: date | None = Field(default=None, description="First day of use")
    used_until: Annotated[date | None, AfterValidator(in_order("used_from"))] = Field(
        default=None, description="Last day of use"
    )


class WantedDebts(Listed):
    """Whose debts."""

    unit: UUID | None = None
    customer: UUID | None = None


def orders(visit: Visit, query: Wanted) -> Answer:
    """Service orders, the latest first."""
    page = register.receivables(
        visit.cursor,
        **visit.narrowed({"unit": query.unit, "customer": query.customer}, FILTERS),
        reservation=query.reservation,
        fund_card=query.fund_card,
        used_from=query.used_from,
        used_until=query.used_until,
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(replace(page, rows=_of_projects(visit, page.rows)))


def order(visit: Visit, query: ById) -> Answer:
    """One order with its lines, bill, voucher, payments and settlement."""
    row = visit.owned(register.receivable(visit.cursor, query.id), OWNERS, "billing.Order", query.id)
    return one(_of_projects(visit, [row])[0], position_of(visit.cursor, register.MODEL.name))


def receivables(visit: Visit, query: WantedDebts) -> Answer:
    """Open bills, the latest first, and what providers are owed by age."""
    own = visit.narrowed({"unit": query.unit, "customer": query.customer}, FILTERS)
    page = register.receivables(visit.cursor, **own, only_open=True, after=query.cursor, limit=query.limit)
    today = visit.today
    ages = register.ages(visit.cursor, today, provider=own.get("provider"), unit=own.get("unit"))
    document = {"items": _of_projects(visit, page.rows), "next_cursor": page.next, "position": page.position}
    return Answer({**document, "by_age": ages, "as_of": today, "definition": DEFINITION})


def _of_projects(visit: Visit, rows: list[Row]) -> list[Row]:
    """Where a charge says nothing of the kind of project, as at plain prices, it is that of the reservation."""
    asked = {row["reservation"] for row in rows if row["project_type"] is None} - {None}
    kinds = project_types(visit.cursor, asked) if asked else {}
    return [row | {"project_type": row["project_type"] or kinds.get(row["reservation"])} for row in rows]


READS = (
    Read("/orders", "orders", Wanted, orders, "Service orders"),
    Read("/orders/{id}", "orders", ById, order, "One service order"),
    Read("/receivables", "receivables", WantedDebts, receivables, "What is still owed"),
)
