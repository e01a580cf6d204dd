# SPDX-License-Identifier: Apache-2.0
"""The credit line of an organisation, where the unit publishes one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.reservations.rules.case import BY_THE_UNIT

if TYPE_CHECKING:
    from domain.kernel.errors import Rules
    from domain.reservations.rules.case import Case


def credit_line(case: Case, rules: Rules) -> None:
    """What is not paid yet keeps within the line; a refusal says how much must be paid before more is booked."""
    credit, debt = case.house.credit, case.offer.house.debt if case.offer.house else None
    if credit is None or debt is None:
        return
    line = credit.line_for(case.conduct.tags)
    rules.require(
        debt.unpaid_fen <= line,
        "reservations.credit_line_exceeded",
        citation=case.published,
        field="on_behalf_of",
        overridable_by=BY_THE_UNIT,
        unpaid_fen=debt.unpaid_fen,
        limit_fen=line,
        to_pay_fen=debt.unpaid_fen - line,
        bills=", ".join(debt.bills) or "-",
        **case.versions,
    )
