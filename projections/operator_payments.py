# SPDX-License-Identifier: Apache-2.0
"""What operators were paid out of guidance funds and cost compensation, and the totals (CQ 15.a). In fen."""

from dataclasses import dataclass
from uuid import UUID

from domain.kernel.event import Recorded
from domain.network.events import OperatorPaymentAnnulled, OperatorPaymentRecorded
from projections.handlers import Handlers, amend, new_row
from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import ReadModel, Row, Rows, Table

PAYMENTS = Table(
    "operator_payments",
    ("id",),
    {
        "id": "uuid",
        "operator": "uuid",
        "resource": "uuid",
        "kind": "text",
        "amount_fen": "bigint",
        "period_from": "date",
        "period_until": "date",
        "decision_reference": "text",
        "paid_on": "date",
        "bank_reference": "text",
        "annulled": "boolean",
        "annulled_reason": "text",
        "annulled_by_decision": "text",
        "version": "bigint",
    },
    ("(operator)", "(paid_on, id)"),
)

on = Handlers()


@on
def _record(event: OperatorPaymentRecorded, recorded: Recorded, rows: Rows) -> None:
    given = event.model_dump(exclude={"basis"})
    rows.put(PAYMENTS, new_row(PAYMENTS, id=recorded.stream, annulled=False, version=recorded.version, **given))


@on
def _annul(event: OperatorPaymentAnnulled, recorded: Recorded, rows: Rows) -> None:
    reason, decision = event.reason, event.decision_reference
    amend(rows, PAYMENTS, recorded, annulled=True, annulled_reason=reason, annulled_by_decision=decision)


MODEL = ReadModel("operator_payments", (PAYMENTS,), on.apply, types=on.types)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of one operator and kind, annulled payments left out."""

    operator: UUID
    kind: str
    payments: int
    amount_fen: int


def payment(cursor: Cursor, payment_id: UUID) -> Row | None:
    """One payment."""
    return find(cursor, PAYMENTS, id=payment_id)


def payments(
    cursor: Cursor,
    *,
    operator: UUID | None = None,
    resource: UUID | None = None,
    kind: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Payments, the latest first."""
    where = Where().equals(operator=operator, resource=resource, kind=kind)
    order = Keyset(("paid_on", "id"), descending=True)
    return read_page(cursor, MODEL.name, PAYMENTS, where, order, after=after, limit=limit)


def totals(cursor: Cursor, *, operator: UUID | None = None) -> tuple[list[Totals], int]:
    """Sums by operator and kind, and the log position."""
    found = fetch(
        cursor,
        "SELECT operator, kind, count(*) AS payments, sum(amount_fen)::bigint AS amount_fen FROM operator_payments"
        " WHERE NOT annulled AND (%s::uuid IS NULL OR operator = %s) GROUP BY operator, kind ORDER BY operator, kind",
        (operator, operator),
    )
    return [Totals(**row) for row in found], position_of(cursor, MODEL.name)
