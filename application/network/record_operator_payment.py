# SPDX-License-Identifier: Apache-2.0
"""Record a payment to an operator."""

from datetime import date
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result, Words
from application.governance.deciding import require_decision
from application.work import Work
from domain.kernel.time import local_date
from domain.network import payment
from domain.network.events import OperatorPaymentRecorded
from domain.network.payment import Operator
from domain.network.values import PaymentKind
from domain.parties.legal_person import LEGAL_PERSON
from domain.resources.resource import RESOURCE


class RecordOperatorPayment(Command):
    """Record a guidance-fund or cost-compensation payment for operating a resource in a period (CQ 15.a).

    The platform holds no money (ruling 8.12); the amount is in fen.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "operator": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "resource": "9d1e2c4e-9a3e-4a53-9b9d-0e6f9d2a1b55",
                "kind": "cost_compensation",
                "amount_fen": 5000000,
                "period_from": "2025-01-01",
                "period_until": "2025-12-31",
                "decision_reference": "渝财教〔2026〕8号",
                "paid_on": "2026-03-01",
                "bank_reference": "DEMO-PAY-0001",
            }
        }
    )

    operator: UUID
    resource: UUID
    kind: PaymentKind
    amount_fen: int = Field(le=10**15)
    period_from: date
    period_until: date
    decision_reference: Words
    paid_on: date
    bank_reference: Code


def record_operator_payment(command: RecordOperatorPayment, work: Work) -> Result:
    """Raises `NotFound` and what `payment.record` and `require_decision` raise."""
    operator = work.load(LEGAL_PERSON, command.operator).state
    resource = work.load(RESOURCE, command.resource).state
    new = work.new_id()
    events = payment.record(
        OperatorPaymentRecorded.model_validate(command.model_dump()),
        operator=Operator(
            branch=operator.branch,
            operates=resource.operated_within(command.operator, command.period_from, command.period_until),
        ),
        today=local_date(work.now),
    )
    require_decision(work, command.decision_reference)
    work.append(new, *events)
    return Result(id=new)
