# SPDX-License-Identifier: Apache-2.0
"""Refuse a purchase."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.governance.deciding import require_decision
from application.purchasing.permits import edition_of
from application.work import Work
from domain.purchasing import deciding
from domain.purchasing.review import PURCHASE_REVIEW


class RefusePurchase(Command):
    """Do not let the purchase happen, for a reason (JS 12.f, CQ 22.c)."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "decision_reference": "财教〔2026〕56号",
                "reason": "同城已有三台同类设备，利用率不足三成",
            }
        }
    )

    review: UUID
    decision_reference: Code
    reason: Words


def refuse_purchase(command: RefusePurchase, work: Work) -> Result:
    """Raises `NotFound`, and what `deciding.refuse` and `require_decision` raise."""
    found = work.load(PURCHASE_REVIEW, command.review)
    events = deciding.refuse(
        found.state,
        role=work.actor.role,
        refuser=work.actor.user,
        decision_reference=command.decision_reference,
        reason=command.reason,
        edition=edition_of(work, found.state),
    )
    require_decision(work, command.decision_reference)
    work.append(found.id, *events)
    return Result(id=found.id)
