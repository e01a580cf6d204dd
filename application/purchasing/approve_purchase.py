# SPDX-License-Identifier: Apache-2.0
"""Approve a purchase."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Code, Command, Result
from application.governance.deciding import require_decision
from application.purchasing.permits import edition_of
from application.work import Work
from domain.kernel.time import local_date
from domain.purchasing import deciding
from domain.purchasing.events import PurchaseApproved
from domain.purchasing.review import PURCHASE_REVIEW


class ApprovePurchase(Command):
    """Let the purchase happen on the basis of the opinion, or of an exception (JS 12.f, CQ 22.c, A82).

    Against a negative opinion with a reason alone (A22); an old opinion is approved with a warning.
    """

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "decision_reference": "财教〔2026〕55号",
                "reason": "",
            }
        }
    )

    review: UUID
    decision_reference: Code
    reason: str = Field(default="", max_length=2000)


def approve_purchase(command: ApprovePurchase, work: Work) -> Result:
    """Raises `NotFound`, and what `deciding.approve` and `require_decision` raise."""
    found = work.load(PURCHASE_REVIEW, command.review)
    events = deciding.approve(
        found.state,
        role=work.actor.role,
        approver=work.actor.user,
        decision_reference=command.decision_reference,
        reason=command.reason,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    require_decision(work, command.decision_reference)
    work.append(found.id, *events)
    [approved] = [event for event in events if isinstance(event, PurchaseApproved)]
    return Result(
        id=found.id, data={"opinion_age_days": approved.opinion_age_days, "opinion_old": approved.opinion_old}
    )
