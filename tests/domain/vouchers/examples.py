# SPDX-License-Identifier: Apache-2.0
"""A programme that two funders carry, a voucher of 500.00 yuan, an order of 1,000.00 and the claim on it."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.kernel.event import Event
from domain.kernel.ledger import transfer
from domain.kernel.personal import Personal
from domain.vouchers.accounts import commitment
from domain.vouchers.comparing import ContractFacts, OrderFacts, StandingFacts, UseFacts
from domain.vouchers.events import (
    RedemptionApplied,
    RedemptionApproved,
    RedemptionBatched,
    RedemptionChecked,
    VoucherApplied,
    VoucherEligibilityChecked,
    VoucherGranted,
    VoucherProgrammeEstablished,
)
from domain.vouchers.programme import PROGRAMME, VoucherProgramme
from domain.vouchers.redemption import REDEMPTION, Redemption
from domain.vouchers.values import BudgetLine, FundingPart, Invoice, Programme

PROVINCE, CITY, PROVIDER, COMPANY = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
PROGRAMME_ID, GRANT_ID, ORDER_ID, REDEMPTION_ID, BATCH_ID = (UUID(int=number) for number in range(11, 16))
RESERVATION, CONTRACT, INSTRUMENT = UUID(int=21), UUID(int=22), UUID(int=23)
APPLICANT, CHECKER, GRANTOR, CLERK, APPROVER, PAYER = (UUID(int=number) for number in range(31, 37))
TODAY = date(2026, 3, 2)
INVOICE = Invoice(
    issuer="12993200DEMJ00011Y",
    code="",
    number="25322000000012345678",
    amount_fen=100000,
    issued_on=date(2026, 2, 20),
)
BUDGET = BudgetLine(functional_code="2060404", economic_code="30299", project_code="KJ-1", document_number="财预1号")


def terms(**changes: Any) -> Programme:  # noqa: ANN401 - any field of the programme
    return Programme.model_validate(
        {
            "subsidy_ratio": Decimal("0.60"),
            "max_coverage_of_fee": Decimal("0.80"),
            "annual_cap_fen": 80000,
            "validity_days": 180,
            "redemption_deadline_days": 90,
            "payee": "provider",
            "settlement_mode": "deduction",
            "funders": [
                {"legal_person": PROVINCE, "kind": "province", "share": "0.5", "budget_fen": 100000},
                {"legal_person": CITY, "kind": "prefecture_city", "share": "0.5", "budget_fen": 100000},
            ],
            "beneficiary_kinds": ("tech_sme",),
            "eligible_services": ("self_operated",),
            "eligible_providers": ("managing_unit",),
            "opens_on": date(2026, 1, 15),
            "closes_on": date(2026, 11, 30),
        }
        | changes
    )


def established(**changes: Any) -> VoucherProgrammeEstablished:  # noqa: ANN401 - any field of the programme
    return VoucherProgrammeEstablished(
        number="CXQ-2026-000001",
        title_zh="券",
        title_en="Vouchers",
        year=2026,
        decision_reference="苏科创券〔2026〕1号",
        decided_by="省科学技术厅",
        decided_on=date(2026, 1, 5),
        programme=terms(**changes),
    )


def programme(**changes: Any) -> VoucherProgramme:  # noqa: ANN401 - any field of the programme
    state = PROGRAMME.fold([established(**changes)])
    assert state is not None
    return state


def applied(requested_fen: int = 50000) -> VoucherApplied:
    return VoucherApplied(
        programme=PROGRAMME_ID,
        number="CXQ-2026-000001-V-000001",
        year=2026,
        beneficiary=COMPANY,
        beneficiary_is_person=False,
        applicant=APPLICANT,
        requested_fen=requested_fen,
        purpose="new_product",
    )


def checked() -> VoucherEligibilityChecked:
    return VoucherEligibilityChecked(
        checker=CHECKER, evidence_number="202632010001", evidence_valid_until=date(2026, 12, 31)
    )


def parts(province_fen: int, city_fen: int) -> tuple[FundingPart, ...]:
    return (FundingPart(funder=PROVINCE, amount_fen=province_fen), FundingPart(funder=CITY, amount_fen=city_fen))


def granted(amount_fen: int = 50000) -> VoucherGranted:
    funding = parts(amount_fen - amount_fen // 2, amount_fen // 2)
    return VoucherGranted(
        programme=PROGRAMME_ID,
        beneficiary=COMPANY,
        year=2026,
        amount_fen=amount_fen,
        funding=funding,
        annual_cap_fen=80000,
        valid_until=date(2026, 8, 29),
        grantor=GRANTOR,
        decision_reference="发1号",
        granted_on=TODAY,
        entries=commitment(PROGRAMME_ID, GRANT_ID, funding),
    )


def voucher(amount_fen: int = 50000) -> tuple[Event, ...]:
    return (applied(amount_fen), checked(), granted(amount_fen))


def order(**changes: Any) -> OrderFacts:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {
        "state": "settled",
        "kind": "service",
        "contract": CONTRACT,
        "resource": INSTRUMENT,
        "provider": PROVIDER,
        "customer": COMPANY,
        "customer_user": APPLICANT,
        "used_minutes": 120,
        "samples": 3,
        "amount_fen": 100000,
        "paid_fen": 60000,
        "deducted_fen": 40000,
        "claimable_fen": 40000,
        "deducted_grant": GRANT_ID,
        "settled_on": date(2026, 2, 25),
        "document": INVOICE,
    }
    return OrderFacts(**facts | changes)


def contract(**changes: Any) -> ContractFacts:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {"provider": PROVIDER, "covers": True, "signed_on": date(2026, 2, 1)}
    return ContractFacts(**facts | changes)


def use(**changes: Any) -> UseFacts:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {
        "finished": True,
        "resource": INSTRUMENT,
        "customer": COMPANY,
        "user": APPLICANT,
        "used_on": date(2026, 2, 10),
        "used_minutes": 120,
        "samples": 3,
    }
    return UseFacts(**facts | changes)


def standing(**changes: Any) -> StandingFacts:  # noqa: ANN401 - any fact
    facts: dict[str, Any] = {
        "related": False,
        "sme_on_contract_date": True,
        "sme_on_grant_date": True,
        "contract_needed": True,
    }
    return StandingFacts(**facts | changes)


def claimed(amount_fen: int = 40000, deducted_fen: int = 40000) -> RedemptionApplied:
    return RedemptionApplied(
        number="CXQ-2026-000001-D-000001",
        programme=PROGRAMME_ID,
        grant=GRANT_ID,
        order=ORDER_ID,
        contract=CONTRACT,
        provider=PROVIDER,
        beneficiary=COMPANY,
        payee=PROVIDER,
        payee_account=Personal.of(PROVIDER, "4301 0001"),
        amount_fen=amount_fen,
        deducted_fen=deducted_fen,
        invoice=INVOICE,
        documents=(),
        applicant=CLERK,
    )


def claim_checked() -> RedemptionChecked:
    return RedemptionChecked(checker=CHECKER, findings=())


def approved(amount_fen: int = 40000) -> RedemptionApproved:
    return RedemptionApproved(
        approver=APPROVER,
        amount_fen=amount_fen,
        funding=parts(amount_fen - amount_fen // 2, amount_fen // 2),
        entries=transfer(f"voucher.used:{GRANT_ID}", f"redemption.payable:{PROVIDER}", amount_fen),
    )


def batched_claim(amount_fen: int = 40000) -> tuple[Event, ...]:
    return (claimed(amount_fen), claim_checked(), approved(amount_fen), RedemptionBatched(batch=BATCH_ID))


def claim(*past: Event) -> Redemption:
    state = REDEMPTION.fold(past or (claimed(),))
    assert state is not None
    return state
