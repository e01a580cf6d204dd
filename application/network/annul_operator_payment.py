# SPDX-License-Identifier: Apache-2.0
"""Annul a payment to an operator."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.work import Work
from domain.network import payment
from domain.network.payment import PAYMENT


class AnnulOperatorPayment(Command):
    """Take a payment out of the totals because it was returned or never made."""

    TARGET: ClassVar[str | None] = "payment"

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "payment": "5e2d2c4e-9a3e-4a53-9b9d-0e6f9d2a1b03",
                "reason": "退回",
                "decision_reference": "渝财教〔2026〕9号",
            }
        }
    )

    payment: UUID
    reason: Words
    decision_reference: Words


def annul_operator_payment(command: AnnulOperatorPayment, work: Work) -> Result:
    """Raises `NotFound` and what `payment.annul` and `require_decision` raise."""
    found = work.load(PAYMENT, command.payment)
    stated = command.model_dump(exclude={"payment"})
    events = payment.annul(found.state, **stated)
    require_decision(work, command.decision_reference)
    work.append(found.id, *events)
    return Result(id=found.id)
