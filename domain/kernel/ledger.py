# SPDX-License-Identifier: Apache-2.0
"""Double entry. Every event that moves money states its entries; they sum to zero."""

from pydantic import BaseModel, ConfigDict


class Entry(BaseModel):
    """An amount on one account; debit positive, credit negative.

    Accounts read `kind:owner`, for example `receivable:<order>` or `income.non_tax_revenue:<legal person>`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str
    amount_fen: int


Entries = tuple[Entry, ...]


def transfer(debit: str, credit: str, amount_fen: int) -> Entries:
    """The two entries of a simple posting."""
    return (Entry(account=debit, amount_fen=amount_fen), Entry(account=credit, amount_fen=-amount_fen))


def balanced(entries: Entries) -> bool:
    """Whether the entries sum to zero."""
    return sum(entry.amount_fen for entry in entries) == 0
