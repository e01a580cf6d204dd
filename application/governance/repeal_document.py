# SPDX-License-Identifier: Apache-2.0
"""Put a document out of force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_registered
from domain.governance import adopting
from domain.governance.document import DOCUMENT

if TYPE_CHECKING:
    from application.work import Work


class RepealDocument(Command):
    """By a registered decision, no version is in force from a day on."""

    TARGET: ClassVar[str | None] = "document"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "document": "4a3b2c1d-0e9f-5a8b-8c7d-6e5f4a3b2c1d",
                "decision_reference": "苏科统理〔2027〕2号",
                "effective_from": "2027-05-01",
                "reason": "由新标准替代",
            }
        }
    )

    document: UUID
    decision_reference: Words
    effective_from: date
    reason: Words
    successor: UUID | None = None


def repeal_document(command: RepealDocument, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, also for an unknown successor."""
    found = work.load(DOCUMENT, command.document)
    if command.successor is not None:
        work.load(DOCUMENT, command.successor)
    decision = require_registered(work, command.decision_reference)
    events = adopting.repeal(
        found.state,
        decision_id=decision.id,
        decision=decision.state,
        effective_from=command.effective_from,
        successor=command.successor,
        reason=command.reason,
        edition=work.edition(),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
