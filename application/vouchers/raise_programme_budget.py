# SPDX-License-Identifier: Apache-2.0
"""Add to a funder's budget of a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from application.command import Command, Result, Words
from application.governance.deciding import require_decision
from application.vouchers.authority import only_own_funds
from domain.kernel.money import Fen
from domain.vouchers import establishing
from domain.vouchers.programme import PROGRAMME

if TYPE_CHECKING:
    from application.work import Work


class RaiseProgrammeBudget(Command):
    """A co-funder adds to its budget, by decision. A local government does so for itself."""

    TARGET: ClassVar[str | None] = "programme_id"
    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "programme_id": "3b2a1c0d-9e8f-5a7b-8c6d-0f1e2d3c4b5a",
                "funder_id": "0b6c1c52-5b0e-4c55-8a53-3f1a3f6f1c11",
                "amount_fen": 100000000,
                "decision_reference": "苏财教〔2026〕12号",
            }
        }
    )

    programme_id: UUID
    funder_id: UUID
    amount_fen: Fen
    decision_reference: Words


def raise_programme_budget(command: RaiseProgrammeBudget, work: Work) -> Result:
    """Raises `DomainError`, `NotFound`, `NotPermitted`."""
    programme = work.load(PROGRAMME, command.programme_id)
    only_own_funds(work, command.funder_id)
    require_decision(work, command.decision_reference)
    raised = establishing.raise_budget(
        programme.state,
        funder=command.funder_id,
        amount_fen=command.amount_fen,
        decision_reference=command.decision_reference,
    )
    work.append(programme.id, *raised)
    return Result(id=programme.id)
