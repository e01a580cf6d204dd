# SPDX-License-Identifier: Apache-2.0
"""Give up a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from domain.governance import drafting
from domain.governance.document import DOCUMENT

if TYPE_CHECKING:
    from application.work import Work


class WithdrawDraft(Command):
    """The latest draft will not be adopted."""

    TARGET: ClassVar[str | None] = "document"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "document": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d",
                "document_version": 2,
                "reason": "并入另一项标准",
            }
        }
    )

    document: UUID
    document_version: int = Field(ge=1)
    reason: Words


def withdraw_draft(command: WithdrawDraft, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`."""
    found = work.load(DOCUMENT, command.document)
    events = drafting.withdraw(
        found.state,
        document_version=command.document_version,
        reason=command.reason,
        role=work.actor.role,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
