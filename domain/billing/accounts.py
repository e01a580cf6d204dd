# SPDX-License-Identifier: Apache-2.0
"""The chart of accounts of a provider's books (a subsidiary ledger, ruling 8.14). Debit positive, credit negative.

| account                        | what stands on it                                                               |
|--------------------------------|---------------------------------------------------------------------------------|
| `receivable:<order>`           | what the customer still owes on the settlement bill                             |
| `income.accrued:<provider>`    | billed, not yet settled: kept apart from income (ruling 8.11)                   |
| `income.<class>:<provider>`    | settled income: `non_tax_revenue` or `unit_income` (JS 21.b, CQ 16.d)           |
| `cash:<provider>`              | collected money, as a memorandum: it lies with the provider (ruling 8.12)       |
| `voucher_receivable:<provider>`| what the voucher programme owes the provider for deducted vouchers              |
| `voucher.granted:<grant>`      | what the programme owes the beneficiary of a grant (see domain/vouchers/accounts)|
| `voucher.used:<grant>`         | what of it was deducted and is not yet claimed                                  |
"""

from uuid import UUID

from domain.billing.events import IncomeClass
from domain.kernel.ledger import Entries, transfer


def receivable(order: UUID) -> str:
    """What the customer owes on one order."""
    return f"receivable:{order}"


def accrued(provider: UUID) -> str:
    """Billed and not yet settled."""
    return f"income.accrued:{provider}"


def income(income_class: IncomeClass, provider: UUID) -> str:
    """Settled income of one class."""
    return f"income.{income_class}:{provider}"


def cash(provider: UUID) -> str:
    """Money collected by the provider."""
    return f"cash:{provider}"


def voucher_receivable(provider: UUID) -> str:
    """What a voucher programme owes the provider."""
    return f"voucher_receivable:{provider}"


def voucher_use(grant: UUID, amount_fen: int) -> Entries:
    """A granted amount becomes a used one; a negative amount takes it back."""
    return transfer(f"voucher.granted:{grant}", f"voucher.used:{grant}", amount_fen)
