# SPDX-License-Identifier: Apache-2.0
"""Write the next version of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.governance.document_text import EXAMPLE, DocumentText
from domain.governance import drafting
from domain.governance.document import DOCUMENT

if TYPE_CHECKING:
    from application.work import Work


class ReviseDocument(DocumentText):
    """The next version as a draft; what is in force stays in force meanwhile."""

    TARGET: ClassVar[str | None] = "document"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"document": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d", "changes": "补充数据接口要求", **EXAMPLE}
        }
    )

    document: UUID
    changes: Words


def revise_document(command: ReviseDocument, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    found = work.load(DOCUMENT, command.document)
    events = drafting.revise(
        found.state, text=command.text, changes=command.changes, role=work.actor.role, edition=work.edition()
    )
    work.append(found.id, *events)
    return Result(id=found.id, data={"document_version": found.state.last.number + 1})
