# SPDX-License-Identifier: Apache-2.0
"""What a voucher would carry of a fee, and why not more (JS 22.b, CQ 19.b; JS-22.1, CQ-19.2; ruling 8.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from domain.kernel.errors import Rules
from domain.vouchers.using import available_fen, note_usable

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from domain.kernel.errors import Violation
    from domain.vouchers.grant import Grant
    from domain.vouchers.programme import VoucherProgramme

Bound = Literal["ratio", "balance", "paid_afterwards", "not_usable"]


@dataclass(frozen=True, slots=True)
class Carried:
    """What one voucher carries: `amount_fen` of a fee, with what bounds it.

    `most_fen` is what ratio and coverage allow, `left_fen` the balance. A programme that pays after the fact carries
    nothing at the bill; `afterwards_fen` is what it pays then.
    """

    number: str
    amount_fen: int
    afterwards_fen: int
    most_fen: int
    left_fen: int
    ratio: Decimal
    bound: Bound
    broken: tuple[Violation, ...] = ()


def carried(
    grant: Grant,
    programme: VoucherProgramme,
    *,
    fee_fen: int,
    customer: UUID | None,
    user: UUID,
    today: date,
    reservation: UUID | None = None,
) -> Carried:
    """What would be set aside now for a fee: the same as `using.reserve` sets aside on confirmation.

    What `reservation` has set aside already counts as left.
    """
    rules = Rules()
    note_usable(rules, grant, customer=customer, user=user)
    rules.require(grant.valid_on(today), "vouchers.expired", number=grant.number)
    most, left = programme.most_of(fee_fen), available_fen(grant, reservation)
    amount, bound = min(most, left), "ratio" if most <= left else "balance"
    afterwards = 0
    if rules.broken:
        amount, bound = 0, "not_usable"
    elif programme.terms.settlement_mode == "subsidy":
        amount, afterwards, bound = 0, amount, "paid_afterwards"
    ratio = min(programme.terms.subsidy_ratio, programme.terms.max_coverage_of_fee)
    return Carried(grant.number, amount, afterwards, most, left, ratio, bound, tuple(rules.broken))  # type: ignore[arg-type]
