# SPDX-License-Identifier: Apache-2.0
"""Grant an exception from review."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.purchasing.permits import edition_of
from application.work import Work
from domain.kernel.time import local_date
from domain.purchasing import deciding
from domain.purchasing.review import PURCHASE_REVIEW


class GrantReviewException(Command):
    """Let a purchase go without review, with reason and document (JS 12.g, CQ 22.d, A21)."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "reason": "突发公共卫生事件应急购置",
                "document_number": "财教函〔2026〕18号",
            }
        }
    )

    review: UUID
    reason: Words
    document_number: Code


def grant_review_exception(command: GrantReviewException, work: Work) -> Result:
    """Raises `NotFound`, and what `deciding.grant_exception` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    events = deciding.grant_exception(
        found.state,
        role=work.actor.role,
        grantor=work.actor.user,
        reason=command.reason,
        document_number=command.document_number,
        edition=edition_of(work, found.state),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
