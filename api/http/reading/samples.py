# SPDX-License-Identifier: Apache-2.0
"""Sample orders: one's own, those of one's unit, or all; and how long reports take."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING, Annotated, get_args
from uuid import UUID

from pydantic import AfterValidator, Field

from api.http.reading.line import Answer, ById, Listed, Query, Read, among, found, in_order, listed, one, several
from api.http.reading.moments import Day
from api.http.reading.protected import note_access
from api.http.visibility import Scope
from domain.contracts.protection import may_read
from domain.kernel.actor import Role
from domain.samples.events import InvoiceParticularsStated
from domain.samples.intake import labels
from domain.samples.order import SampleOrderState
from projections import sample_orders as register
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit
    from projections.readmodel import Row

FILTERS = {Scope.OWN_SIDE: "customer", Scope.OWN_PERSON: "user", Scope.OWN_UNIT: "unit"}
OWNERS = {Scope.OWN_SIDE: ("customer", "user_id"), Scope.OWN_UNIT: ("unit",)}
KIND = "samples.SampleOrder"
DATA = {
    "description": "SampleOrderApplied.description",
    "report_title": "ReportDrafted.title",
    "reason": "ReportReturned.reason",
}
"""Columns that hold scientific data of the customer, and the field of the event that each comes from."""
BEFORE_THE_REPORT = frozenset({"waiting_for_leader", "applied", "accepted", "received", "tested"})
"""States in which an order can still be given up."""


class WantedOrders(Listed):
    """Which orders."""

    unit: UUID | None = None
    customer: UUID | None = None
    user: UUID | None = None
    instrument: UUID | None = None
    state: Annotated[str | None, AfterValidator(among(*get_args(SampleOrderState)))] = Field(
        default=None, max_length=200, description="One or several, separated by commas"
    )


class WantedTurnaround(Query):
    """Which reports, by the day of their delivery; both days included, by default those of this year."""

    first: Day | None = Field(default=None, alias="from")
    last: Annotated[Day | None, AfterValidator(in_order("first"))] = Field(default=None, alias="to")
    unit: UUID | None = None
    instrument: UUID | None = None


def sample_orders(visit: Visit, query: WantedOrders) -> Answer:
    """Orders for tests of samples, the latest first."""
    asked = {"unit": query.unit, "customer": query.customer, "user": query.user}
    page = register.sample_orders(
        visit.cursor,
        **visit.narrowed(asked, FILTERS),
        resource=query.instrument,
        states=several(query.state),
        after=query.cursor,
        limit=query.limit,
    )
    return listed(dataclasses.replace(page, rows=[_as_seen(visit, row) for row in page.rows]))


def _as_seen(visit: Visit, row: Row) -> Row:
    """An order as third parties see it: what the samples are and say is for its two sides (JS 20.b, CQ 17.c)."""
    if visit.scope is not Scope.ALL:
        return row
    edition = visit.edition()
    closed = {column for column, field in DATA.items() if not may_read(field, "other", edition)}
    return {name: None if name in closed else value for name, value in row.items()}


def sample_order(visit: Visit, query: ById) -> Answer:
    """One order with the labels of its samples, and what giving it up would cost now; an auditor's look is noted."""
    row = visit.owned(register.sample_order(visit.cursor, query.id), OWNERS, KIND, query.id)
    note_access(visit, query.id, "history")
    if visit.actor is None or visit.actor.role is not Role.AUDITOR:
        row = _as_seen(visit, row)
    named = labels(row["number"], row["received_count"]) if row["number"] else []
    possible = row["state"] in BEFORE_THE_REPORT
    withdrawal = {"possible": possible, "owed_fen": row["amount_fen"] if possible else None}
    return one({**row, "labels": named, "withdrawal": withdrawal}, position_of(visit.cursor, register.MODEL.name))


def invoice_particulars(visit: Visit, query: ById) -> Answer:
    """To whom the invoice is made out, for the unit that makes it and the customer; null where nobody stated it."""
    visit.owned(register.sample_order(visit.cursor, query.id), OWNERS, KIND, query.id)
    stated = [item for item in visit.jurisdiction.log.stream(query.id) if _is_invoice(item.event)]
    last = found(stated[-1].event.model_dump() if stated else None, KIND, query.id)
    told = {name: last[name]["value"] if last[name] else None for name in InvoiceParticularsStated.personal_fields()}
    return Answer({"id": query.id, **told, "stated_at": stated[-1].meta.occurred_at})


def _is_invoice(event: object) -> bool:
    return isinstance(event, InvoiceParticularsStated)


def turnaround(visit: Visit, query: WantedTurnaround) -> Answer:
    """Median and 90th percentile of the hours from the reception of samples to the delivery of their report."""
    unit = visit.narrowed({"unit": query.unit}, FILTERS)["unit"]
    last = query.last or visit.today
    first = query.first or date(last.year, 1, 1)
    rows, position = register.turnaround(visit.cursor, first, last, unit=unit, resource=query.instrument)
    items = [dataclasses.asdict(row) for row in rows]
    document = {"items": items, "from": first, "to": last, "definition": register.DEFINITION}
    return Answer({**document, "position": position})


READS = (
    Read("/sample-orders", "sample_orders", WantedOrders, sample_orders, "Orders for tests of samples"),
    Read("/sample-orders/{id}", "sample_orders", ById, sample_order, "One order for a test of samples"),
    Read(
        "/sample-orders/{id}/invoice-particulars",
        "sample_invoices",
        ById,
        invoice_particulars,
        "To whom the invoice of a sample order is made out",
    ),
    Read("/sample-turnaround", "sample_statistics", WantedTurnaround, turnaround, "How long test reports take"),
)
