# SPDX-License-Identifier: Apache-2.0
"""Annul a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.authority import of_its_own_body
from application.governance.deciding import require_registered
from domain.governance import recording
from domain.governance.decision import DECISION

if TYPE_CHECKING:
    from application.work import Work


class AnnulDecision(Command):
    """Let nothing new rest on a decision; what rested on it before is decided anew or stays."""

    TARGET: ClassVar[str | None] = "decision"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "decision": "2f3d4c5b-6a7b-5c8d-9e0f-1a2b3c4d5e6f",
                "reason": "会议程序有误，重新审定",
                "annulling_decision": "苏科统理〔2026〕4号",
            }
        }
    )

    decision: UUID
    reason: Words
    annulling_decision: Words | None = None


def annul_decision(command: AnnulDecision, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    found = work.load(DECISION, command.decision)
    of_its_own_body(work, found.state)
    number = command.annulling_decision
    annulling = None
    if number is not None:
        annulling = require_registered(work, number, preferred=(found.state.body,), field="annulling_decision").state
    work.append(
        found.id,
        *recording.annul(found.state, reason=command.reason, annulling=annulling, edition=work.edition()),
    )
    return Result(id=found.id)
