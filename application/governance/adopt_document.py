# SPDX-License-Identifier: Apache-2.0
"""Put a version in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict, Field

from application.command import Command, Result, Words
from application.governance.deciding import require_registered
from application.governance.yearly import plans_of_year
from domain.governance import adopting
from domain.governance.document import DOCUMENT

if TYPE_CHECKING:
    from application.work import Work


class AdoptDocument(Command):
    """A registered decision puts the latest draft in force from a day on (JS 5, CQ 6)."""

    TARGET: ClassVar[str | None] = "document"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "document": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d",
                "document_version": 1,
                "decision_reference": "苏科统理〔2026〕1号",
                "effective_from": "2026-04-01",
            }
        }
    )

    document: UUID
    document_version: int = Field(ge=1)
    decision_reference: Words
    effective_from: date


def adopt_document(command: AdoptDocument, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`; `KeyTaken` where another plan of the year was adopted meanwhile."""
    found = work.load(DOCUMENT, command.document)
    decision = require_registered(work, command.decision_reference)
    events = adopting.adopt(
        found.state,
        document_version=command.document_version,
        decision_id=decision.id,
        decision=decision.state,
        effective_from=command.effective_from,
        edition=work.edition(),
        plans=plans_of_year(work, found.state),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
