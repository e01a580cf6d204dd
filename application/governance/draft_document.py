# SPDX-License-Identifier: Apache-2.0
"""Begin a plan, rule, policy, standard or norm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict, Field

from application.command import Result
from application.governance.document_text import EXAMPLE, DocumentText
from domain.governance import drafting
from domain.governance.values import DocumentKind

if TYPE_CHECKING:
    from application.work import Work


class DraftDocument(DocumentText):
    """Version 1 as a draft, without any effect (JS 7(1), CQ 7(a,b))."""

    model_config = ConfigDict(json_schema_extra={"example": {"kind": "technical_standard", **EXAMPLE}})

    kind: DocumentKind
    year: int | None = Field(default=None, ge=2000, le=2199, description="Of an annual plan")


def draft_document(command: DraftDocument, work: Work) -> Result:
    """Raises `DomainError` with every broken rule."""
    document = work.new_id()
    events = drafting.draft(
        kind=command.kind, year=command.year, text=command.text, role=work.actor.role, edition=work.edition()
    )
    work.append(document, *events)
    return Result(id=document, data={"document_version": 1})
