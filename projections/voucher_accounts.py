# SPDX-License-Identifier: Apache-2.0
"""Questions about voucher money: what is left of budgets and grants, where claims stand. Amounts in fen."""

from dataclasses import dataclass
from uuid import UUID

from projections.paging import Cursor, Keyset, Page, Where, fetch, find, position_of, read_page
from projections.readmodel import Row
from projections.voucher_balances import MODEL
from projections.voucher_tables import BATCHES, GRANTS, PROGRAMMES, REDEMPTIONS

BY_NUMBER = Keyset(("number", "id"))


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, what each co-funder has left of its budget, and the log position of the figures."""

    programme: Row
    budgets: list[Row]
    position: int


def programmes(cursor: Cursor, *, year: int | None = None, after: str | None = None, limit: int = 50) -> Page:
    """Programmes by number."""
    where = Where().equals(year=year)
    return read_page(cursor, MODEL.name, PROGRAMMES, where, BY_NUMBER, after=after, limit=limit)


def programme(cursor: Cursor, programme_id: UUID) -> Programme | None:
    """One programme with its budgets; `left_fen` is budget less granted plus returned."""
    position = position_of(cursor, MODEL.name)
    row = find(cursor, PROGRAMMES, id=programme_id)
    budgets = fetch(
        cursor,
        "SELECT *, budget_fen - granted_fen + returned_fen AS left_fen FROM voucher_budgets WHERE programme = %s"
        " ORDER BY funder",
        (programme_id,),
    )
    return Programme(row, budgets, position) if row else None


def grant(cursor: Cursor, grant_id: UUID) -> Row | None:
    """One grant with `left_fen`: what may still be used or set aside."""
    row = find(cursor, GRANTS, id=grant_id)
    return _with_rest(row) if row else None


def grants(
    cursor: Cursor,
    *,
    programme: UUID | None = None,
    beneficiary: UUID | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Grants by number, each with `left_fen`."""
    where = Where().equals(programme=programme, beneficiary=beneficiary).one_of("state", states)
    page = read_page(cursor, MODEL.name, GRANTS, where, BY_NUMBER, after=after, limit=limit)
    return Page([_with_rest(row) for row in page.rows], page.next, page.position)


def redemption(cursor: Cursor, redemption_id: UUID) -> Row | None:
    """One claim, with `payments` by funder."""
    row = find(cursor, REDEMPTIONS, id=redemption_id)
    paid = fetch(
        cursor, "SELECT funder, paid_fen FROM voucher_payments WHERE redemption = %s ORDER BY funder", (redemption_id,)
    )
    return row | {"payments": paid} if row else None


def redemptions(  # noqa: PLR0913 - the filters of a list
    cursor: Cursor,
    *,
    programme: UUID | None = None,
    provider: UUID | None = None,
    beneficiary: UUID | None = None,
    payee: UUID | None = None,
    order: UUID | None = None,
    batch: UUID | None = None,
    states: tuple[str, ...] | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Claims by number."""
    where = Where().equals(programme=programme, provider=provider, beneficiary=beneficiary, payee=payee)
    where.equals(order_id=order, batch=batch).one_of("state", states)
    return read_page(cursor, MODEL.name, REDEMPTIONS, where, BY_NUMBER, after=after, limit=limit)


def batches(cursor: Cursor, *, programme: UUID | None = None, after: str | None = None, limit: int = 50) -> Page:
    """Reimbursement batches by number."""
    where = Where().equals(programme=programme)
    return read_page(cursor, MODEL.name, BATCHES, where, BY_NUMBER, after=after, limit=limit)


def _with_rest(row: Row) -> Row:
    spent = row["reserved_fen"] + row["used_fen"] + row["returned_fen"]
    return row | {"left_fen": row["amount_fen"] - spent}
