# SPDX-License-Identifier: Apache-2.0
"""Note how a stage of a dispute ended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.contracts.contract import CONTRACT
from domain.contracts.disputing import end_stage
from domain.contracts.performing_events import Stage, StageOutcome
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class EndDisputeStage(Command):
    """End the stage that runs. After one that failed or was withdrawn the next may begin, else resolve the dispute."""

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "stage": "mediation",
                "outcome": "failed",
                "ended_on": "2026-04-18",
                "findings": "双方对补测费用未达成一致",
            }
        }
    )

    contract_id: UUID
    stage: Stage
    outcome: StageOutcome
    ended_on: date
    findings: Words


def end_dispute_stage(command: EndDisputeStage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    decided = end_stage(
        loaded.state,
        stage=command.stage,
        outcome=command.outcome,
        ended_on=command.ended_on,
        findings=command.findings,
        by=side,
        today=local_date(work.now),
    )
    work.append(loaded.id, *decided)
    return answer(work.load(CONTRACT, loaded.id))
