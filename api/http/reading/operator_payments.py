# SPDX-License-Identifier: Apache-2.0
"""What operators were paid."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING
from uuid import UUID

from api.http.reading.line import Answer, ById, Listed, Query, Read, listed, one
from api.http.visibility import Scope
from domain.network.values import PaymentKind
from projections import operator_payments as payment_list
from projections.paging import position_of

if TYPE_CHECKING:
    from api.http.reading.line import Visit

PAYMENT_FILTERS = {Scope.OWN_ORGANISATION: "operator"}
PAYMENT_OWNERS = {Scope.OWN_ORGANISATION: ("operator",)}


class WantedPayments(Listed):
    """Which payments."""

    operator: UUID | None = None
    instrument: UUID | None = None
    kind: PaymentKind | None = None


class WantedTotals(Query):
    """Whose totals."""

    operator: UUID | None = None


def operator_payments(visit: Visit, query: WantedPayments) -> Answer:
    """Payments to operators, the latest first (CQ 15.a)."""
    page = payment_list.payments(
        visit.cursor,
        **visit.narrowed({"operator": query.operator}, PAYMENT_FILTERS),
        resource=query.instrument,
        kind=query.kind,
        after=query.cursor,
        limit=query.limit,
    )
    return listed(page)


def operator_payment(visit: Visit, query: ById) -> Answer:
    """One payment."""
    found = payment_list.payment(visit.cursor, query.id)
    row = visit.owned(found, PAYMENT_OWNERS, "network.OperatorPayment", query.id)
    return one(row, position_of(visit.cursor, payment_list.MODEL.name))


def operator_totals(visit: Visit, query: WantedTotals) -> Answer:
    """What each operator was paid, by kind, without what was annulled."""
    own = visit.narrowed({"operator": query.operator}, PAYMENT_FILTERS)
    rows, position = payment_list.totals(visit.cursor, **own)
    total = sum(row.amount_fen for row in rows)
    return Answer({"items": [dataclasses.asdict(row) for row in rows], "total_fen": total, "position": position})


READS = (
    Read("/operator-payments", "operator_payments", WantedPayments, operator_payments, "Payments to operators"),
    Read("/operator-payments/totals", "operator_payments", WantedTotals, operator_totals, "What operators were paid"),
    Read("/operator-payments/{id}", "operator_payments", ById, operator_payment, "One payment"),
)
