# SPDX-License-Identifier: Apache-2.0
"""Register a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ConfigDict

from application.command import Result, Words
from application.governance.authority import body_of
from application.governance.decision_command import EXAMPLE, DecisionStatement
from domain.governance import recording
from domain.governance.values import Body
from domain.kernel.time import local_date

if TYPE_CHECKING:
    from application.work import Work


class RecordDecision(DecisionStatement):
    """Enter what an authority decided, with its number; also what was decided long ago (JS 5, CQ 6).

    The authority is that of the actor's role; only an import states it. State secrets must never be entered.
    """

    model_config = ConfigDict(json_schema_extra={"example": {"number": "苏科统理〔2026〕1号", **EXAMPLE}})

    number: Words
    body: Body | None = None


def record_decision(command: RecordDecision, work: Work) -> Result:
    """Raises `DomainError` with every broken rule; `KeyTaken` where the authority has registered the number already."""
    decision = work.new_id()
    events = recording.record(
        number=command.number,
        body=body_of(work, command.body),
        organisation=work.actor.organisation,
        content=command.content(decision),
        edition=work.edition(),
        today=local_date(work.now),
    )
    work.append(decision, *events)
    return Result(id=decision)
