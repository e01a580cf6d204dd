# SPDX-License-Identifier: Apache-2.0
"""Two funders, a programme, and all who take part in a voucher's life, by commands on the real database."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from application.billing.accept_service import AcceptService
from application.billing.deduct_voucher import DeductVoucher
from application.billing.invoice_fee import InvoiceFee
from application.billing.receive_payment import ReceivePayment
from application.billing.register_tax_document import RegisterTaxDocument
from application.billing.settle_order import SettleOrder
from application.command import Command, Result
from application.reservations.complete_usage import CompleteUsage
from application.reservations.confirm_reservation import ConfirmReservation
from application.reservations.start_usage import StartUsage
from application.vouchers.apply_for_redemption import ApplyForRedemption
from application.vouchers.apply_for_voucher import ApplyForVoucher
from application.vouchers.approve_redemption import ApproveRedemption
from application.vouchers.check_redemption import CheckRedemption
from application.vouchers.check_voucher_eligibility import CheckVoucherEligibility
from application.vouchers.establish_voucher_programme import EstablishVoucherProgramme
from application.vouchers.freeze_batch import FreezeBatch
from application.vouchers.grant_voucher import GrantVoucher
from application.vouchers.reimburse_redemption import ReimburseRedemption
from domain.kernel.actor import Actor, Role
from domain.parties.events import LegalPersonRegistered, TechSmeEvidenceRecorded
from domain.vouchers.values import BudgetLine
from tests.application.deciding import decided, rule_decided
from tests.application.reservations.province import Province, at, span

BUDGET = BudgetLine(functional_code="2060404", economic_code="30299", project_code="KJ-1", document_number="财预1号")


def official(role: Role) -> Actor:
    return Actor(user=uuid4(), role=role)


@dataclass
class Treasury:
    """The province's money side. Each official is one person."""

    province: Province
    science: UUID = field(default_factory=uuid4)
    city: UUID = field(default_factory=uuid4)
    checker: Actor = field(default_factory=lambda: official(Role.SERVICE_CENTRE))
    grantor: Actor = field(default_factory=lambda: official(Role.SCIENCE_DEPARTMENT))
    approver: Actor = field(default_factory=lambda: official(Role.SCIENCE_DEPARTMENT))
    treasurer: Actor = field(default_factory=lambda: official(Role.FINANCE_DEPARTMENT))
    payer: Actor = field(default_factory=lambda: official(Role.FINANCE_DEPARTMENT))
    handler: Actor = field(default_factory=lambda: official(Role.COMPETENT_DEPARTMENT))

    @property
    def clerk(self) -> Actor:
        return Actor(user=self.province.staff, role=Role.FINANCE_CLERK, organisation=self.province.university)

    def do(self, command: Command, actor: Actor, day: int = 6) -> Result:
        return self.province.do(command, actor, at(12, day=day))

    def programme(self, **changes: Any) -> UUID:  # noqa: ANN401 - any term
        terms = {
            "subsidy_ratio": "0.30",
            "max_coverage_of_fee": "0.60",
            "annual_cap_fen": 60_000,
            "validity_days": 60,
            "redemption_deadline_days": 90,
            "payee": "provider",
            "settlement_mode": "deduction",
            "funders": [
                {"legal_person": self.science, "kind": "province", "share": "0.5", "budget_fen": 50_000},
                {"legal_person": self.city, "kind": "prefecture_city", "share": "0.5", "budget_fen": 50_000},
            ],
            "beneficiary_kinds": ["tech_sme"],
            "eligible_services": ["operator_assisted"],
            "eligible_providers": ["managing_unit"],
            "opens_on": date(2026, 1, 1),
            "closes_on": date(2026, 12, 31),
        }
        command = EstablishVoucherProgramme.model_validate(
            {
                "title_zh": "创新券",
                "title_en": "Vouchers",
                "decision_reference": decided(self.province.home, "苏科〔2026〕1号"),
                "decided_by": "示例部门",
                "decided_on": date(2026, 1, 1),
                "programme": terms | changes,
            }
        )
        return self.do(command, self.grantor, day=2).id

    def voucher(self, programme: UUID, amount_fen: int = 50_000) -> UUID:
        request = ApplyForVoucher(programme_id=programme, requested_fen=amount_fen, purpose="new_product")
        grant = self.do(request, self.province.customer, day=2).id
        self.do(CheckVoucherEligibility(grant_id=grant), self.checker, day=2)
        self.do(
            GrantVoucher(grant_id=grant, decision_reference=decided(self.province.home, "发1号")), self.grantor, day=2
        )
        return grant

    def order(self, grant: UUID | None = None, day: int = 3) -> UUID:
        """Two hours under a contract, with the voucher named when the time was asked for: 600.00 yuan."""
        home = self.province
        contract = home.contract()
        asked = home.ask(contract_id=contract.id, voucher_grant_id=grant, span=span(day=day))
        home.do(ConfirmReservation(reservation_id=asked.id), home.manager)
        home.do(StartUsage(reservation_id=asked.id), home.manager, at(9, day=day))
        done = home.do(CompleteUsage(reservation_id=asked.id), home.manager, at(11, day=day))
        return UUID(str(done.data["order_id"]))

    def billed(self, grant: UUID | None = None, day: int = 3, number: int = 1) -> UUID:
        order = self.order(grant, day)
        self.do(AcceptService(order_id=order), self.province.customer)
        self.do(InvoiceFee(order_id=order), self.clerk)
        amount = self.province.state(order).amount_fen
        document = RegisterTaxDocument(
            order_id=order,
            kind="all_digital_invoice",
            number=f"2532{number:016d}",
            amount_fen=amount,
            issued_on=date(2026, 3, 6),
        )
        self.do(document, self.clerk)
        return order

    def settled(self, grant: UUID, *, deduct: bool = True, number: int = 1) -> UUID:
        order = self.billed(grant, number=number)
        if deduct:
            self.do(DeductVoucher(order_id=order, grant_id=grant), self.province.customer)
        rest = self.province.state(order).open_fen
        self.do(
            ReceivePayment(order_id=order, amount_fen=rest, bank_reference=f"B-{number}", received_on=date(2026, 3, 6)),
            self.clerk,
        )
        self.do(SettleOrder(order_id=order), self.clerk)
        return order

    def claimed(self, order: UUID, grant: UUID, actor: Actor | None = None) -> UUID:
        command = ApplyForRedemption(order_id=order, grant_id=grant, payee_account="4301 0001")
        return self.do(command, actor or self.clerk).id

    def approved(self, order: UUID, grant: UUID, actor: Actor | None = None) -> UUID:
        claim = self.claimed(order, grant, actor)
        self.do(CheckRedemption(redemption_id=claim, signature="e-sign:1"), self.checker)
        self.do(ApproveRedemption(redemption_id=claim), self.approver)
        return claim

    def pay(self, claim: UUID, funder: UUID, reference: str, amount_fen: int | None = None) -> Result:
        command = ReimburseRedemption(
            redemption_id=claim,
            funder_id=funder,
            amount_fen=amount_fen,
            bank_reference=reference,
            paid_on=date(2026, 3, 6),
            budget=BUDGET,
        )
        return self.do(command, self.payer)

    def freeze(self, *claims: UUID) -> UUID:
        return self.do(FreezeBatch(redemption_ids=claims), self.treasurer).id

    def left(self, account: str) -> int | None:
        return self.province.home.claims.left(account)


@pytest.fixture
def treasury(province: Province) -> Treasury:
    """The enterprise is a technology SME for the year, and the rule of its proof is decided."""
    rule_decided(province.home, "voucher.sme_evidence_rule", "valid_on_the_day", at(9, day=2))
    evidence = TechSmeEvidenceRecorded(
        number="202632010001", valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31)
    )
    province.add(province.enterprise, evidence)
    here = Treasury(province)
    for department, code in ((here.science, "11320000000000003C"), (here.city, "11320500000000004D")):
        province.seed(
            department,
            LegalPersonRegistered(
                credit_code=code,
                name_zh="示例部门",
                name_en="Department",
                kind="government_department",
                budget_status="departmental_budget",
                city="南京市",
                district="",
            ),
        )
    return here
