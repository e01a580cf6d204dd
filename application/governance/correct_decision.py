# SPDX-License-Identifier: Apache-2.0
"""Correct what was recorded of a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Result, Words
from application.governance.authority import of_its_own_body
from application.governance.decision_command import EXAMPLE, DecisionStatement
from domain.governance import recording
from domain.governance.decision import DECISION
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class CorrectDecision(DecisionStatement):
    """State anew, as a whole, what was recorded wrongly. Number and authority stay; both records are kept."""

    TARGET: ClassVar[str | None] = "decision"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {"decision": "2f3d4c5b-6a7b-5c8d-9e0f-1a2b3c4d5e6f", "reason": "会议日期录入有误", **EXAMPLE}
        }
    )

    decision: UUID
    reason: Words


def correct_decision(command: CorrectDecision, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(DECISION, command.decision)
    of_its_own_body(work, found.state)
    events = recording.correct(
        found.state,
        command.content(found.id),
        reason=command.reason,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(found.id, *events)
    return Result(id=found.id)
