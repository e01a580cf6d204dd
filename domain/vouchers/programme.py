# SPDX-License-Identifier: Apache-2.0
"""The voucher programme: what the authority decided, and until when it takes applications (JS 22, CQ 19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.kernel.errors import refusal
from domain.kernel.event import Aggregate, Event
from domain.kernel.money import allocate, share_down
from domain.vouchers.events import ProgrammeBudgetRaised, VoucherProgrammeClosed, VoucherProgrammeEstablished
from domain.vouchers.values import Funder, FundingPart, Programme


@dataclass(frozen=True, slots=True)
class VoucherProgramme:
    """A programme as it stands; `terms` never change, budgets only grow."""

    number: str
    year: int
    decision_reference: str
    terms: Programme
    funders: tuple[Funder, ...]
    closed: bool = False

    def takes_applications_on(self, day: date) -> bool:
        """Whether it is open; both days included."""
        return not self.closed and self.terms.opens_on <= day <= self.terms.closes_on

    def most_of(self, fee_fen: int) -> int:
        """The most that vouchers may carry of a fee: ratio and coverage, rounded down (JS-22.1, CQ-19.2)."""
        return share_down(fee_fen, min(self.terms.subsidy_ratio, self.terms.max_coverage_of_fee))

    def split(self, amount_fen: int) -> tuple[FundingPart, ...]:
        """Who carries an amount: by largest remainder, the first funder takes ties (A44)."""
        parts = allocate(amount_fen, [funder.share for funder in self.funders])
        return tuple(
            FundingPart(funder=funder.legal_person, amount_fen=part)
            for funder, part in zip(self.funders, parts, strict=True)
        )

    def funder(self, legal_person: UUID) -> Funder:
        """A co-funder. Raises `vouchers.not_a_funder`."""
        for funder in self.funders:
            if funder.legal_person == legal_person:
                return funder
        raise refusal("vouchers.not_a_funder", field="funder", funder=str(legal_person))


def evolve(programme: VoucherProgramme | None, event: Event) -> VoucherProgramme:
    """The programme after one fact."""
    if isinstance(event, VoucherProgrammeEstablished):
        terms = event.programme
        return VoucherProgramme(event.number, event.year, event.decision_reference, terms, terms.funders)
    assert programme is not None, f"{event.TYPE} before the programme was established"
    match event:
        case ProgrammeBudgetRaised(funder=raised, amount_fen=amount):
            return replace(
                programme,
                funders=tuple(
                    funder.model_copy(update={"budget_fen": funder.budget_fen + amount})
                    if funder.legal_person == raised
                    else funder
                    for funder in programme.funders
                ),
            )
        case VoucherProgrammeClosed():
            return replace(programme, closed=True)
    raise ValueError(event.TYPE)


PROGRAMME = Aggregate(
    "vouchers.Programme", evolve, (VoucherProgrammeEstablished, ProgrammeBudgetRaised, VoucherProgrammeClosed)
)
