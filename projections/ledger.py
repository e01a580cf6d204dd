# SPDX-License-Identifier: Apache-2.0
"""The ledger by account: the sum of every entry that any event ever stated. All accounts together are zero."""

from dataclasses import dataclass

from domain.billing import events as billing
from domain.kernel.event import Event, Recorded
from domain.kernel.ledger import Entries
from domain.vouchers import events as vouchers
from projections.handlers import Handlers
from projections.paging import Cursor, Keyset, Page, Where, fetch, position_of, read_page
from projections.readmodel import ReadModel, Rows, Table

ACCOUNTS = Table(
    "ledger_accounts",
    ("account",),
    {"account": "text", "debit_fen": "bigint", "credit_fen": "bigint", "balance_fen": "bigint", "entries": "bigint"},
    ('(account COLLATE "C")',),
)
MONEY_EVENTS: tuple[type[Event], ...] = tuple(
    event
    for room in (billing, vouchers)
    for event in vars(room).values()
    if isinstance(event, type) and issubclass(event, Event) and "entries" in event.model_fields
)


def _post(event: Event, _recorded: Recorded, rows: Rows) -> None:
    """Debits are positive, credits negative; the balance is their sum."""
    entries: Entries = vars(event).get("entries", ())
    for entry in entries:
        amount = entry.amount_fen
        sides = {"debit_fen": max(amount, 0), "credit_fen": max(-amount, 0)}
        rows.add(ACCOUNTS, entry.account, balance_fen=amount, entries=1, **sides)


on = Handlers()
on.follow(MONEY_EVENTS, _post)
MODEL = ReadModel("ledger", (ACCOUNTS,), on.apply, types=on.types)


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """Sums over all accounts in fen; money is proven when `difference_fen` is zero."""

    by_kind: dict[str, int]
    """Balance by kind of account: the part of its name before the colon."""
    debit_fen: int
    credit_fen: int
    position: int

    @property
    def difference_fen(self) -> int:
        """Debits less credits."""
        return self.debit_fen - self.credit_fen


def trial_balance(cursor: Cursor) -> TrialBalance:
    """The sums of the whole ledger."""
    position = position_of(cursor, MODEL.name)
    rows = fetch(
        cursor,
        "SELECT split_part(account, ':', 1) AS kind, sum(debit_fen)::bigint AS debit, sum(credit_fen)::bigint AS credit"
        " FROM ledger_accounts GROUP BY 1 ORDER BY 1",
    )
    by_kind = {row["kind"]: row["debit"] - row["credit"] for row in rows}
    return TrialBalance(by_kind, sum(row["debit"] for row in rows), sum(row["credit"] for row in rows), position)


def accounts(cursor: Cursor, *, prefix: str | None = None, after: str | None = None, limit: int = 100) -> Page:
    """Accounts by name, for example all that begin with `receivable:`."""
    where = Where().holds("starts_with(account, %s)", prefix)
    return read_page(cursor, MODEL.name, ACCOUNTS, where, Keyset(("account",)), after=after, limit=limit)
