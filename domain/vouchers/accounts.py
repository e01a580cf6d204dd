# SPDX-License-Identifier: Apache-2.0
"""The chart of accounts of a voucher programme. Debit positive, credit negative; the platform only records (8.12).

| account                           | what stands on it                                                          |
|-----------------------------------|----------------------------------------------------------------------------|
| `budget:<programme>:<funder>`     | budget authority of a co-funder that grants have consumed (debit)          |
| `voucher.granted:<grant>`         | owed to the beneficiary: granted, not used (credit)                        |
| `voucher.used:<grant>`            | used on a bill or in a claim, not yet approved for payment (credit)        |
| `redemption.payable:<payee>`      | approved claims that are to be paid (credit)                               |
| `paid:<programme>:<funder>`       | paid out by a co-funder (credit)                                           |
| `clawback.receivable:<redemption>`| subsidy to be recovered (debit)                                            |
| `clawback.due:<programme>`        | what recovery will bring back to the programme (credit)                    |
| `recovered:<programme>`           | what came back (debit)                                                     |
| `cash:<provider>`, `voucher_receivable:<provider>` | the provider's side of a payout (see domain/billing/accounts) |
"""

from collections.abc import Sequence
from uuid import UUID

from domain.kernel.ledger import Entries, Entry, transfer
from domain.vouchers.values import FundingPart


def payable(payee: UUID) -> str:
    """What is to be paid to a payee."""
    return f"redemption.payable:{payee}"


def granted(grant: UUID) -> str:
    """Granted and not used."""
    return f"voucher.granted:{grant}"


def used(grant: UUID) -> str:
    """Used and not yet approved for payment."""
    return f"voucher.used:{grant}"


def clawback_receivable(redemption: UUID) -> str:
    """What is to be recovered for one claim."""
    return f"clawback.receivable:{redemption}"


def commitment(programme: UUID, grant: UUID, parts: Sequence[FundingPart]) -> Entries:
    """Budgets are consumed by a grant."""
    total = sum(part.amount_fen for part in parts)
    consumed = tuple(Entry(account=f"budget:{programme}:{part.funder}", amount_fen=part.amount_fen) for part in parts)
    return (*consumed, Entry(account=granted(grant), amount_fen=-total))


def payout(programme: UUID, funder: UUID, payee: UUID, provider: UUID, amount_fen: int) -> Entries:
    """A co-funder pays; where the provider is the payee, its own receivable turns into cash."""
    paid = transfer(payable(payee), f"paid:{programme}:{funder}", amount_fen)
    return (*paid, *_providers_side(payee, provider, amount_fen))


def recovery(programme: UUID, redemption: UUID, payee: UUID, provider: UUID, amount_fen: int) -> Entries:
    """The payee gives back what a clawback orders; a provider's voucher claim is then unpaid again."""
    back = transfer(f"recovered:{programme}", clawback_receivable(redemption), amount_fen)
    return (*back, *_providers_side(payee, provider, -amount_fen))


def clawback(programme: UUID, redemption: UUID, amount_fen: int) -> Entries:
    """A clawback is a new receivable, never an edit."""
    return transfer(clawback_receivable(redemption), f"clawback.due:{programme}", amount_fen)


def _providers_side(payee: UUID, provider: UUID, amount_fen: int) -> Entries:
    if payee != provider:
        return ()
    return transfer(f"cash:{provider}", f"voucher_receivable:{provider}", amount_fen)


def reversed_(entries: Entries) -> Entries:
    """The same posting taken back."""
    return tuple(Entry(account=entry.account, amount_fen=-entry.amount_fen) for entry in entries)
