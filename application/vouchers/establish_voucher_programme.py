# SPDX-License-Identifier: Apache-2.0
"""Open a voucher programme by decision of the authority."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision, require_same_day
from domain.kernel.numbers import document_number
from domain.parties.legal_person import LEGAL_PERSON
from domain.policy.territories import GOVERNMENT
from domain.vouchers import establishing
from domain.vouchers.values import Programme

if TYPE_CHECKING:
    from application.work import Work


class EstablishVoucherProgramme(Command):
    """Everything the authority decides about a programme; "none" is said as null, never left out (A42)."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "title_zh": "2026年度科技创新券",
                "title_en": "Innovation vouchers 2026",
                "decision_reference": "苏科创券〔2026〕1号",
                "decided_by": "省科学技术厅、省财政厅",
                "decided_on": "2026-01-05",
                "programme": {
                    "subsidy_ratio": "0.30",
                    "max_coverage_of_fee": "0.60",
                    "annual_cap_fen": 15000000,
                    "validity_days": 180,
                    "redemption_deadline_days": 90,
                    "payee": "provider",
                    "settlement_mode": "deduction",
                    "funders": [
                        {
                            "legal_person": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                            "kind": "province",
                            "share": "1",
                            "budget_fen": 500000000,
                        }
                    ],
                    "beneficiary_kinds": ["tech_sme"],
                    "eligible_services": ["self_operated", "commissioned_test"],
                    "eligible_providers": ["managing_unit"],
                    "opens_on": "2026-01-15",
                    "closes_on": "2026-11-30",
                },
            }
        }
    )

    title_zh: Words
    title_en: Words
    decision_reference: Words
    decided_by: Words
    decided_on: date
    programme: Programme


def establish_voucher_programme(command: EstablishVoucherProgramme, work: Work) -> Result:
    """Raises `DomainError` with every broken rule, `NotFound` for an unknown funder."""
    funders = [work.load(LEGAL_PERSON, funder.legal_person).state for funder in command.programme.funders]
    territories = {funder.territory for funder in funders if funder.kind == GOVERNMENT}
    decision = require_decision(work, command.decision_reference)
    require_same_day(decision.state, command.decided_on)
    series = f"CXQ-{command.programme.opens_on.year}"
    number = document_number(series, work.claims.last_number(series))
    decided = establishing.establish(
        number=number,
        title_zh=command.title_zh,
        title_en=command.title_en,
        decision_reference=command.decision_reference,
        decided_by=command.decided_by,
        decided_on=command.decided_on,
        terms=command.programme,
        # With one territory, by its own measures too (JS 32); several share what the province has decided.
        edition=work.edition(territory=territories.pop() if len(territories) == 1 else ""),
    )
    programme = work.new_id()
    work.append(programme, *decided)
    return Result(id=programme, data={"number": number})
