# SPDX-License-Identifier: Apache-2.0
"""What a province decides before anything is accepted or granted: a data standard, and the proof of technology SMEs."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from application.governance.adopt_document import AdoptDocument
from application.governance.draft_document import DraftDocument
from application.governance.record_decision import RecordDecision
from application.policy.approve_policy_version import ApprovePolicyVersion
from application.policy.draft_policy_version import DraftPolicyVersion
from domain.governance.values import Minutes, Seat
from domain.kernel.actor import SYSTEM
from domain.kernel.time import local_date
from domain.policy.values import ParameterValue

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from application.command import Command
    from infrastructure.demonstration.issuing import Issuer

NUMBER = "模拟〔2023〕1号"
STANDARD = "科技资源信息汇交技术标准"
PROOF = ParameterValue(parameter="voucher.sme_evidence_rule", value="valid_on_the_day")
TOMORROW = timedelta(days=1)


def decide(issuer: Issuer, now: datetime) -> UUID:
    """Put a data standard in force at once, and the rule of proof from the next day on; the standard's id."""
    today = local_date(now)

    def do(command: Command) -> UUID:
        return issuer.do(command, SYSTEM, now).id

    seats = Minutes(seats=(Seat(seat="省科学技术厅"),))
    digest = hashlib.sha256(NUMBER.encode()).hexdigest()
    do(RecordDecision(number=NUMBER, body="council", title=STANDARD, decided_on=today, digest=digest, minutes=seats))
    standard = do(DraftDocument(kind="technical_standard", title_zh=STANDARD, title_en="Data standard", digest=digest))
    do(AdoptDocument(document=standard, document_version=1, decision_reference=NUMBER, effective_from=today))
    version = do(DraftPolicyVersion(title=STANDARD, reason=NUMBER, values=(PROOF,)))
    stated = {"decided_by": "理事会", "decided_on": today, "effective_from": today + TOMORROW}
    do(ApprovePolicyVersion.model_validate({"version": version, "decision": NUMBER, **stated}))
    return standard
