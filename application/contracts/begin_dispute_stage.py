# SPDX-License-Identifier: Apache-2.0
"""Note that a stage of a dispute begins."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import ConfigDict

from application.command import Code, Command, Result, Words
from application.contracts.document import answer
from application.contracts.standing import for_party
from domain.contracts.contract import CONTRACT
from domain.contracts.disputing import begin_stage
from domain.contracts.performing_events import Stage
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class BeginDisputeStage(Command):
    """Begin a stage of a dispute before a body: negotiation, mediation, then arbitration or court as agreed.

    The orders that the dispute names stay held.
    """

    TARGET = "contract_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "contract_id": "f1a4d0c2-9d62-5b57-a9f8-0a4b2f6d7c33",
                "stage": "mediation",
                "body": "示例科技服务调解中心",
                "begun_on": "2026-03-20",
                "due_on": "2026-04-20",
                "case_number": "TJ-2026-031",
            }
        }
    )

    contract_id: UUID
    stage: Stage
    body: Words
    begun_on: date
    due_on: date | None = None
    case_number: Code | None = None


def begin_dispute_stage(command: BeginDisputeStage, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    loaded, side = for_party(work, command.contract_id)
    decided = begin_stage(
        loaded.state,
        stage=command.stage,
        body=command.body,
        begun_on=command.begun_on,
        due_on=command.due_on,
        case_number=command.case_number or "",
        by=side,
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(loaded.id, *decided)
    return answer(work.load(CONTRACT, loaded.id))
