# SPDX-License-Identifier: Apache-2.0
"""The committee says what it thinks of a version."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Sha256, Words
from domain.governance import drafting
from domain.governance.document import DOCUMENT
from domain.governance.values import Stance
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class ReviewDocument(Command):
    """Review a standard or norm, or advise on a plan, rule or policy (JS 6, CQ 9). It changes nothing by itself."""

    TARGET: ClassVar[str | None] = "document"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "document": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d",
                "document_version": 1,
                "stance": "agreed_with_changes",
                "opinion": "建议补充开放机时统计口径",
                "given_on": "2026-02-26",
            }
        }
    )

    document: UUID
    document_version: int = Field(ge=1)
    stance: Stance
    opinion: Words
    given_on: date
    digest: Sha256 | None = None


def review_document(command: ReviewDocument, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    found = work.load(DOCUMENT, command.document)
    opinion = drafting.Opinion(command.stance, command.opinion, command.digest, command.given_on)
    events = drafting.review(
        found.state,
        document_version=command.document_version,
        opinion=opinion,
        role=work.actor.role,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
