# SPDX-License-Identifier: Apache-2.0
"""Attach an expert opinion."""

from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Sha256, Words
from application.work import Work
from domain.purchasing import reviewing
from domain.purchasing.events import Conclusion, Declaration
from domain.purchasing.review import PURCHASE_REVIEW


class AttachExpertOpinion(Command):
    """Advise on a purchase under review, with a declaration of one's own interests (CQ 9). It decides nothing."""

    TARGET: ClassVar[str | None] = "review"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "review": "3c9d2b1a-7f6e-4d5c-8b2a-1f0e9d8c7b6a",
                "advice": "conditional",
                "text": "建议先使用邻近单位现有设备，确需购置时纳入共享",
                "conflict": False,
                "statement": "无利害关系",
            }
        }
    )

    review: UUID
    advice: Conclusion
    text: Words
    conflict: bool
    statement: str = Field(default="", max_length=2000)
    document_digest: Sha256 | None = None


def attach_expert_opinion(command: AttachExpertOpinion, work: Work) -> Result:
    """Raises `NotFound`, and what `reviewing.advise` raises."""
    found = work.load(PURCHASE_REVIEW, command.review)
    events = reviewing.advise(
        found.state,
        Declaration(person=work.actor.user, conflict=command.conflict, statement=command.statement),
        advice=command.advice,
        text=command.text,
        document_digest=command.document_digest,
    )
    work.append(found.id, *events)
    return Result(id=found.id)
