# SPDX-License-Identifier: Apache-2.0
"""Vouchers in the demonstration: programmes by year, grants twice a year, claims followed until they are paid."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from application.governance.record_decision import RecordDecision
from application.vouchers.apply_for_redemption import ApplyForRedemption
from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.approve_redemption import ApproveRedemption
from application.vouchers.check_redemption import CheckRedemption
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from application.vouchers.freeze_batch import FreezeBatch
from application.vouchers.grant_voucher import GrantVoucher
from application.vouchers.reimburse_redemption import ReimburseRedemption
from domain.kernel.money import fen_from_yuan
from domain.kernel.time import local_date, midnight
from domain.vouchers.values import BudgetLine, Funder, Programme
from infrastructure.scheduling.due import do_due_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.kernel.actor import Actor
    from infrastructure.demonstration.agenda import Agenda
    from infrastructure.demonstration.catalogue import Catalogue
    from infrastructure.demonstration.issuing import Issuer
    from infrastructure.demonstration.people import People

DAY = timedelta(days=1)
ROUNDS = ((1, 22), (7, 24))
"""Month and day on which vouchers are applied for."""
REQUESTED_SHARE = 3
"""Each application asks for a third of the yearly cap."""
PAID_ON_DAY = 25
BATCH = 100


@dataclass
class Funding:
    """Officers of the demonstration decide; `vouchers` is what customers may use."""

    catalogue: Catalogue
    issuer: Issuer
    people: People
    agenda: Agenda
    project: Callable[[], object]
    """Brings the read models up to date: what is due is found in them."""
    vouchers: dict[UUID, UUID] = field(default_factory=dict)
    _programmes: dict[int, tuple[UUID, Programme]] = field(default_factory=dict)
    _approved: dict[UUID, list[UUID]] = field(default_factory=lambda: defaultdict(list))

    def plan(self) -> None:
        """Put every year's programme, rounds and payment days on the agenda."""
        for row in self.catalogue.programmes:
            year = row["year"]
            self.agenda.at(midnight(date(year, 1, 8)), lambda now, row=row: self._establish(row, now))  # type: ignore[misc]
            for month, day in ROUNDS:
                self.agenda.at(midnight(date(year, month, day)), self._round)
            for month in range(1, 13):
                self.agenda.at(midnight(date(year, month, PAID_ON_DAY)), self._pay)
                self.agenda.at(midnight(date(year, month, 1)), self._lapse)

    def claim(self, order: UUID, grant: UUID | None, clerk: Actor, at: datetime) -> None:
        """Claim for an order that was settled with a voucher, check it and approve it within the fortnight."""
        if grant is not None:
            self.agenda.at(at + DAY, lambda now: self._apply(order, grant, clerk, now))

    def _establish(self, row: dict[str, Any], now: datetime) -> None:
        terms = Programme(
            subsidy_ratio=Decimal(row["subsidy_ratio"]),
            max_coverage_of_fee=Decimal(row["max_coverage_of_fee"]),
            annual_cap_fen=fen_from_yuan(row["annual_cap_per_beneficiary_yuan"]),
            validity_days=row["validity_days"],
            redemption_deadline_days=row["redemption_deadline_days"],
            payee=row["payee"],
            settlement_mode=row["settlement_mode"],
            funders=tuple(self._funder(funder) for funder in row["funders"]),
            beneficiary_kinds=tuple(row["beneficiary_kinds"]),
            eligible_services=tuple(row["eligible_services"]),
            eligible_providers=tuple(row["eligible_providers"]),
            opens_on=row["opens_on"],
            closes_on=row["closes_on"],
        )
        self._decide(row["decision_reference"], row["title_zh"], now)
        command = EstablishVoucherProgramme(
            title_zh=row["title_zh"],
            title_en=row["title_en"],
            decision_reference=row["decision_reference"],
            decided_by="演示主管部门",
            decided_on=local_date(now),
            programme=terms,
        )
        programme = self.issuer.do(command, self.people.first("science_department_officer"), now).id
        self._programmes[row["year"]] = (programme, terms)

    def _decide(self, number: str, title: str, now: datetime) -> None:
        """Register what the science department has decided, on the day it did."""
        digest = hashlib.sha256(title.encode()).hexdigest()
        command = RecordDecision(number=number, title=title, decided_on=local_date(now), digest=digest)
        self.issuer.do(command, self.people.first("science_department_officer"), now)

    def _funder(self, row: dict[str, Any]) -> Funder:
        return Funder(
            legal_person=self.people.legal_persons[row["legal_person_code"]],
            kind=row["kind"],
            share=Decimal(row["share"]),
            budget_fen=fen_from_yuan(row["budget_yuan"]),
        )

    def _round(self, now: datetime) -> None:
        programme, terms = self._programmes[local_date(now).year]
        assert terms.annual_cap_fen is not None
        self._decide(_granting(now), "科技创新券发放", now)
        for row in self.catalogue.users_of("sme_contact"):
            contact = self.people.actor(row["user_code"])
            request = ApplyForVoucher(
                programme_id=programme, requested_fen=terms.annual_cap_fen // REQUESTED_SHARE, purpose="new_product"
            )
            applied = self.issuer.attempt(request, contact, now)
            if applied and self._granted(applied.id, now):
                assert contact.organisation is not None
                self.vouchers[contact.organisation] = applied.id

    def _granted(self, grant: UUID, now: datetime) -> bool:
        """False for an enterprise whose evidence has lapsed: its application stays unchecked."""
        checker = self.people.first("service_centre_officer")
        if self.issuer.attempt(CheckVoucherEligibility(grant_id=grant), checker, now) is None:
            return False
        command = GrantVoucher(grant_id=grant, decision_reference=_granting(now))
        return self.issuer.attempt(command, self.people.first("science_department_officer"), now) is not None

    def _apply(self, order: UUID, grant: UUID, clerk: Actor, now: datetime) -> None:
        applied = self.issuer.attempt(ApplyForRedemption(order_id=order, grant_id=grant), clerk, now)
        if applied:
            self.agenda.at(now + 4 * DAY, lambda at: self._check(applied.id, at))

    def _check(self, redemption: UUID, now: datetime) -> None:
        check = CheckRedemption(redemption_id=redemption, signature=f"ESIGN-{redemption.hex[-12:]}")
        if self.issuer.attempt(check, self.people.first("service_centre_officer", place=1), now):
            self.agenda.at(now + 3 * DAY, lambda at: self._approve(redemption, at))

    def _approve(self, redemption: UUID, now: datetime) -> None:
        approver = self.people.first("science_department_officer", place=1)
        if self.issuer.attempt(ApproveRedemption(redemption_id=redemption), approver, now):
            state = self.issuer.jurisdiction.log.stream(redemption)[0].event
            self._approved[state.programme].append(redemption)  # type: ignore[attr-defined]

    def _pay(self, now: datetime) -> None:
        """One batch a programme and month, each claim paid by every funder."""
        treasurer = self.people.first("finance_department_officer")
        for programme, claims in list(self._approved.items()):
            for start in range(0, len(claims), BATCH):
                self.issuer.do(FreezeBatch(redemption_ids=tuple(claims[start : start + BATCH])), treasurer, now)
            if claims:
                terms = next(terms for known, terms in self._programmes.values() if known == programme)
                for claim in claims:
                    self._reimburse(claim, terms, now)
                self._approved[programme] = []

    def _reimburse(self, claim: UUID, terms: Programme, now: datetime) -> None:
        payer = self.people.first("finance_department_officer", place=1)
        for place, funder in enumerate(terms.funders, start=1):
            payment = ReimburseRedemption(
                redemption_id=claim,
                funder_id=funder.legal_person,
                bank_reference=f"TREASURY-{claim.hex[-12:]}-{place}",
                paid_on=local_date(now),
                budget=BudgetLine(
                    functional_code="2060404",
                    economic_code="30299",
                    project_code=f"KJ-{local_date(now).year}-001",
                    document_number=f"演示预〔{local_date(now).year}〕3号",
                ),
            )
            self.issuer.attempt(payment, payer, now)

    def _lapse(self, now: datetime) -> None:
        """What the schedule does of itself in a running system: vouchers past their last day expire."""
        self.project()
        do_due_work(self.issuer.jurisdiction, now)


def _granting(now: datetime) -> str:
    """The number of the decision by which a round of vouchers is granted."""
    return f"演示发券〔{local_date(now).year}〕{now:%m%d}号"
